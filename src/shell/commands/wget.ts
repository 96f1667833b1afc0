import type { Task } from '@/kubernetes/clock/task';
import type { ShellCommand, ShellContext } from '../command';
import { type Connection, connect, resolveAt } from '../net/connect';
import { type HttpUrl, parseUrl } from '../net/url';
import { hasFlag, lastValue, readOptions } from './options';

/** wget as busybox has it (in containers) and as GNU has it (on machines), for plain HTTP. */
export const wget: ShellCommand = {
  *run(args, context) {
    if (args.some((word) => word === '--version' || word === '-V')) return version(args, context);
    const options = readOptions(
      args.map((word) => word.replace(/^-qO-$/, '-qO-').replace(/^--spider$/, '--spider')),
      {
        flags: ['q', 'S', 'c', 'nv', 'spider', 'no-check-certificate', 'quiet'],
        withValue: ['O', 'T', 't', 'timeout', 'tries', 'header', 'output-document', 'Y', 'U'],
      },
    );
    const quiet = hasFlag(options, 'q', 'quiet');
    const busybox = context.scene.busybox;
    const url = parseUrl(options.operands[0] ?? '');
    if (!url) {
      context.stderr('wget: missing URL\n');
      return 1;
    }
    const limit = Number(lastValue(options, 'T', 'timeout') ?? (busybox ? 900 : 900)) * 1000;
    const output = lastValue(options, 'O', 'output-document') ?? (url.path.split('/').pop() || 'index.html');
    const print = new Printer(context, url, quiet, busybox, output);
    return yield* fetchOnce(context, url, print, context.cluster.clock.now + limit, output);
  },
};

/** GNU's src/main.c `print_version`, its first line; busybox has no such option (libbb/appletlib.c `bb_show_usage`). */
function version(args: readonly string[], { scene, stdout, stderr }: ShellContext): number {
  if (!scene.busybox) {
    stdout('GNU Wget 1.21.3 built on linux-gnu.\n');
    return 0;
  }
  stderr(`wget: unrecognized option: ${args.includes('-V') ? 'V' : 'version'}\n`);
  stderr('BusyBox v1.36.1 multi-call binary.\n\nUsage: wget [-cqS] [-O FILE] [-T SEC] [-Y on/off] [-U STR] URL...\n');
  return 1;
}

function* fetchOnce(
  context: ShellContext,
  url: HttpUrl,
  print: Printer,
  deadline: number,
  output: string,
): Task<number> {
  const resolved = resolveAt(context, url.host);
  if (resolved === 'silent') {
    const until = Math.min(deadline, context.cluster.clock.now + 10_000);
    while (context.cluster.clock.now < until) yield { until };
  }
  if (typeof resolved === 'string') return print.badAddress();
  const headers = { Host: url.authority, 'User-Agent': 'Wget', Connection: 'close' };
  const http = { method: 'GET', path: url.path, host: url.host, headers };
  // busybox takes the first address alone.
  const addresses = print.busybox ? resolved.addresses.slice(0, 1) : resolved.addresses;
  print.connecting(resolved.addresses);
  const connection = yield* connect(context, addresses, url.port, 'TCP', { http }, deadline);
  if (connection.result !== 'answered') return print.failed(connection);
  const response = connection.response?.http;
  if (connection.response?.hangs) {
    while (context.cluster.clock.now < deadline) yield { until: deadline };
    return print.problem('wget: download timed out');
  }
  if (!response) return print.problem('wget: error getting response');
  if (response.status >= 400) return print.status(response.status, response.reason);
  if (output === '-') context.stdout(response.body);
  else if (output !== '/dev/null') context.files.write(output, response.body);
  print.saved(response.body.length, response.status, response.reason);
  return 0;
}

/** What the two kinds of wget print on the way. */
class Printer {
  constructor(
    private readonly context: ShellContext,
    private readonly url: HttpUrl,
    private readonly quiet: boolean,
    readonly busybox: boolean,
    private readonly output: string,
  ) {}

  connecting(addresses: readonly string[]): void {
    if (this.quiet) return;
    const { authority, host, port } = this.url;
    const address = addresses[0] ?? host;
    this.context.stderr(
      this.busybox
        ? `Connecting to ${authority} (${address}:${port})\n`
        : `Connecting to ${host}${address === host ? '' : ` (${host})|${address}|`}:${port}... `,
    );
  }

  badAddress(): number {
    const { authority, host } = this.url;
    if (this.busybox) return this.problem(`wget: bad address '${authority}'`);
    if (!this.quiet) this.context.stderr(`wget: unable to resolve host address ‘${host}’\n`);
    return 4;
  }

  failed({ result, address }: Connection): number {
    const why = { refused: 'Connection refused', timeout: 'Connection timed out', unreachable: 'No route to host' };
    const text = Object.entries(why).find(([name]) => name === result)?.[1] ?? 'Network is unreachable';
    if (this.busybox) return this.problem(`wget: can't connect to remote host (${address}): ${text}`);
    if (!this.quiet) this.context.stderr(`failed: ${text}.\n`);
    return 4;
  }

  status(status: number, reason: string): number {
    if (this.busybox) return this.problem(`wget: server returned error: HTTP/1.1 ${status} ${reason}`);
    if (!this.quiet)
      this.context.stderr(
        `connected.\nHTTP request sent, awaiting response... ${status} ${reason}\nERROR ${status}: ${reason}.\n`,
      );
    return 8;
  }

  saved(size: number, status: number, reason: string): void {
    if (this.quiet) return;
    const { output } = this;
    if (!this.busybox) {
      this.context.stderr(
        `connected.\nHTTP request sent, awaiting response... ${status} ${reason}\nLength: ${size}\nSaving to: ‘${output === '-' ? 'STDOUT' : output}’\n`,
      );
    } else if (output === '-')
      this.context.stderr(
        `writing to stdout\n-                    100% |********************************| ${String(size).padStart(5)}  0:00:00 ETA\nwritten to stdout\n`,
      );
    else
      this.context.stderr(
        `saving to '${output}'\n${output.padEnd(20).slice(0, 20)} 100% |********************************| ${String(size).padStart(5)}  0:00:00 ETA\n'${output}' saved\n`,
      );
  }

  problem(text: string): number {
    this.context.stderr(`${text}\n`);
    return 1;
  }
}
