import type { Task } from '@/kubernetes/clock/task';
import type { AppResponse } from '@/kubernetes/network/kernel';
import type { WalkResult } from '@/kubernetes/network/packet-walk';
import type { ShellCommand, ShellContext } from '../command';
import { type Connection, connect, resolveAt } from '../net/connect';
import type { Resolved } from '@/kubernetes/network/dns/resolver';
import { type HttpUrl, parseUrl } from '../net/url';
import { curlOptions, curlUsage } from './curl-options';
import { writeOut } from './curl-write-out';
import { type Options, hasFlag, lastValue, readOptions } from './options';

/** curl 7.88.1 for plain HTTP. TLS is not simulated, and says so. */
export const curl: ShellCommand = {
  *run(args, context) {
    const options = readOptions(args, curlOptions);
    if (hasFlag(options, 'V', 'version')) {
      // src/tool_help.c `tool_version_info`; of what a real one is built with, only this is simulated.
      context.stdout('curl 7.88.1 (x86_64-pc-linux-gnu) libcurl/7.88.1\nRelease-Date: 2023-02-20\nProtocols: http\n');
      return 0;
    }
    if (hasFlag(options, 'h', 'help')) {
      context.stdout(curlUsage);
      return 0;
    }
    if (options.unknown !== undefined) {
      const word = options.unknown.startsWith('--') ? options.unknown : `-${options.unknown}`;
      context.stderr(
        `curl: option ${word}: is unknown\ncurl: try 'curl --help' or 'curl --manual' for more information\n`,
      );
      return 2;
    }
    if (options.operands.length === 0) {
      context.stderr("curl: try 'curl --help' or 'curl --manual' for more information\n");
      return 2;
    }
    let code = 0;
    for (const url of options.operands) code = yield* new Transfer(url, options, context).run();
    return code;
  },
};

class Transfer {
  private readonly start: number;
  private readonly deadline: number;
  private connection: Connection | undefined;
  private response: NonNullable<AppResponse['http']> | undefined;

  constructor(
    private readonly text: string,
    private readonly options: Options,
    private readonly context: ShellContext,
  ) {
    this.start = context.cluster.clock.now;
    this.deadline = this.start + seconds(lastValue(options, 'm', 'max-time'));
  }

  *run(): Task<number> {
    const url = parseUrl(this.text);
    const remoteName = url?.path.replace(/\?.*$/, '').replace(/^.*\//, '') ?? '';
    if (hasFlag(this.options, 'O', 'remote-name') && remoteName === '') {
      this.context.stderr(
        'curl: Remote file name has no length!\ncurl: (23) Failed writing received data to disk/application\n',
      );
      return 23;
    }
    const failed = yield* this.attempt(url);
    const output = this.response && failed === undefined ? this.body(this.response) : '';
    if (!hasFlag(this.options, 's', 'silent', 'no-progress-meter') && url)
      this.progress(output.length, failed !== undefined);
    if (this.response && url) {
      // What is not a page is told of too, where nobody sees the page itself.
      const size = hasFlag(this.options, 'I', 'head') ? 0 : this.response.body.length;
      if (size > 0 && !this.context.session.terminal) this.verbose('{', `[${size} bytes data]`);
      this.verbose('*', failed ? 'Closing connection 0' : `Connection #0 to host ${url.host} left intact`);
    }
    const named = hasFlag(this.options, 'O', 'remote-name') ? remoteName : undefined;
    const file = lastValue(this.options, 'o', 'output') ?? named;
    if (file === undefined) this.context.stdout(output);
    else if (file !== '/dev/null') this.context.files.write(file, output);
    const format = lastValue(this.options, 'w', 'write-out');
    if (format !== undefined) this.context.stdout(this.writeOut(format));
    if (failed && (!hasFlag(this.options, 's', 'silent') || hasFlag(this.options, 'S', 'show-error'))) {
      this.context.stderr(`curl: (${failed.code}) ${failed.text}\n`);
    }
    return failed?.code ?? 0;
  }

  private *attempt(url: HttpUrl | undefined): Task<{ code: number; text: string } | undefined> {
    if (!url) return { code: 3, text: 'URL using bad/illegal format or missing URL' };
    if (url.scheme !== 'http' && url.scheme !== 'https') {
      return { code: 1, text: `Protocol "${url.scheme}" not supported or disabled in libcurl` };
    }
    if (url.host === '') return { code: 3, text: 'URL using bad/illegal format or missing URL' };
    const resolved = localhost.test(url.host) ? loopback : resolveAt(this.context, url.host);
    if (resolved === 'silent') {
      // glibc asks a silent server twice, five seconds each.
      const until = Math.min(this.start + 10_000, this.deadline);
      while (this.context.cluster.clock.now < until) yield { until };
      if (until === this.deadline) return { code: 28, text: `Resolving timed out after ${this.elapsed} milliseconds` };
    }
    if (typeof resolved === 'string') return { code: 6, text: `Could not resolve host: ${url.host}` };
    const addresses = this.family(resolved);
    if (addresses.length === 0) return { code: 6, text: `Could not resolve host: ${url.host}` };
    const connectDeadline = this.start + seconds(lastValue(this.options, 'connect-timeout'));
    const deadline = Math.min(this.deadline, connectDeadline);
    const request = this.request(url);
    const connection = yield* connect(this.context, addresses, url.port, 'TCP', { http: request }, deadline);
    this.connection = connection;
    for (const { address, result } of connection.before) {
      this.verbose('*', `  Trying ${bracket(address)}:${url.port}...`);
      this.verbose('*', `connect to ${address} port ${url.port} failed: ${reasons[result]}`);
    }
    this.verbose('*', `  Trying ${bracket(connection.address)}:${url.port}...`);
    if (connection.result !== 'answered') {
      const failure = this.connectFailure(url, connection);
      if (connection.result !== 'timeout')
        this.verbose('*', `connect to ${connection.address} port ${url.port} failed: ${reasons[connection.result]}`);
      this.verbose('*', failure.text);
      this.verbose('*', 'Closing connection 0');
      return failure;
    }
    this.verbose('*', `Connected to ${url.host} (${connection.address}) port ${url.port} (#0)`);
    if (url.scheme === 'https') return { code: 35, text: 'TLS is not simulated: only plain HTTP is' };
    this.verboseRequest(request, url);
    return yield* this.receive(connection.response);
  }

  private connectFailure(url: HttpUrl, { result, elapsed }: Connection): { code: number; text: string } {
    if (result === 'timeout' && this.context.cluster.clock.now >= this.deadline) {
      return { code: 28, text: `Connection timed out after ${this.elapsed} milliseconds` };
    }
    const code = result === 'timeout' ? 28 : 7;
    const why = result === 'timeout' ? 'Timeout was reached' : "Couldn't connect to server";
    return { code, text: `Failed to connect to ${url.host} port ${url.port} after ${elapsed} ms: ${why}` };
  }

  private *receive(response: AppResponse | undefined): Task<{ code: number; text: string } | undefined> {
    if (response?.hangs) {
      const until = this.deadline === Infinity ? this.start + 300_000 : this.deadline;
      while (this.context.cluster.clock.now < until) yield { until };
      return { code: 28, text: `Operation timed out after ${this.elapsed} milliseconds with 0 bytes received` };
    }
    if (!response?.http) {
      if (response?.data) return { code: 1, text: 'Received HTTP/0.9 when not allowed' };
      return { code: 52, text: 'Empty reply from server' };
    }
    this.response = response.http;
    const { status, version, reason, headers } = response.http;
    this.verbose('<', `HTTP/${version} ${status} ${reason}`);
    for (const [name, value] of headers) this.verbose('<', `${name}: ${value}`);
    this.verbose('<', '');
    if (hasFlag(this.options, 'f', 'fail', 'fail-with-body') && status >= 400) {
      return { code: 22, text: `The requested URL returned error: ${status}` };
    }
    return undefined;
  }

  private request(url: HttpUrl) {
    const body = lastValue(this.options, 'd', 'data', 'data-raw', 'data-binary', 'json');
    const json = this.options.values.has('json');
    const given = [...(this.options.values.get('H') ?? []), ...(this.options.values.get('header') ?? [])].map(
      (line): [string, string] => {
        const at = line.indexOf(':');
        return [line.slice(0, at), line.slice(at + 1).trim()];
      },
    );
    const agent = lastValue(this.options, 'A', 'user-agent') ?? 'curl/7.88.1';
    const headers: Record<string, string> = { Host: url.authority, 'User-Agent': agent, Accept: '*/*' };
    const referer = lastValue(this.options, 'e', 'referer');
    if (referer !== undefined) headers.Referer = referer;
    const cookie = lastValue(this.options, 'b', 'cookie');
    if (cookie !== undefined) headers.Cookie = cookie;
    if (body !== undefined) {
      const type = json ? 'application/json' : 'application/x-www-form-urlencoded';
      Object.assign(headers, { 'Content-Length': String(body.length), 'Content-Type': type });
      if (json) headers.Accept = 'application/json';
    }
    for (const [name, value] of given) headers[name.toLowerCase() === 'host' ? 'Host' : name] = value;
    const method = hasFlag(this.options, 'I', 'head') ? 'HEAD' : body === undefined ? 'GET' : 'POST';
    return {
      method: lastValue(this.options, 'X', 'request') ?? method,
      path: url.path,
      host: (headers.Host ?? url.authority).replace(/:\d+$/, ''),
      headers,
      body,
    };
  }

  private body(response: NonNullable<AppResponse['http']>): string {
    const head = hasFlag(this.options, 'I', 'head');
    const lines = [
      `HTTP/${response.version} ${response.status} ${response.reason}`,
      ...response.headers.map(([name, value]) => `${name}: ${value}`),
    ];
    const text = head || hasFlag(this.options, 'i', 'include') ? `${lines.join('\r\n')}\r\n\r\n` : '';
    return head ? text : text + response.body;
  }

  private writeOut(format: string): string {
    const method = lastValue(this.options, 'X', 'request') ?? (hasFlag(this.options, 'I', 'head') ? 'HEAD' : 'GET');
    const { text, connection, response, elapsed } = this;
    return writeOut(format, { text, connection, response, elapsed, method });
  }

  /** The meter that curl prints on stderr when its output is no terminal. */
  private progress(size: number, failed: boolean): void {
    if (this.context.session.terminal && lastValue(this.options, 'o', 'output') === undefined) return;
    const empty = '  0     0    0     0    0     0      0      0 --:--:-- --:--:-- --:--:--     0';
    const length = String(size).padStart(4);
    const speed = `${Math.floor(size / 1.024)}`.padStart(6).slice(0, 6);
    const full = `100 ${length.padStart(5)}  100 ${length.padStart(5)}    0     0 ${speed}      0 --:--:-- --:--:-- --:--:-- ${speed.trim().padStart(5)}`;
    this.context.stderr(
      `${'  % Total    % Received % Xferd  Average Speed   Time    Time     Time  Current\n'}${' '.repeat(33)}Dload  Upload   Total   Spent    Left  Speed\n\r${empty}\r${failed || size === 0 ? empty : full}\n`,
    );
  }

  private verbose(sign: string, text: string): void {
    if (!hasFlag(this.options, 'v', 'verbose')) return;
    this.context.stderr(`${sign} ${text}${sign === '>' || sign === '<' ? '\r' : ''}\n`);
  }

  private verboseRequest(request: ReturnType<Transfer['request']>, url: HttpUrl): void {
    this.verbose('>', `${request.method} ${url.path} HTTP/1.1`);
    for (const [name, value] of Object.entries(request.headers)) this.verbose('>', `${name}: ${value}`);
    this.verbose('>', '');
  }

  private family(resolved: Pick<Resolved, 'addresses'>): readonly string[] {
    const { addresses } = resolved;
    if (hasFlag(this.options, '4', 'ipv4')) return addresses.filter((address) => !address.includes(':'));
    if (hasFlag(this.options, '6', 'ipv6')) return addresses.filter((address) => address.includes(':'));
    if (resolved === loopback) return addresses;
    // IPv6 first, as getaddrinfo sorts.
    return [...addresses].sort((a, b) => Number(b.includes(':')) - Number(a.includes(':')));
  }

  private get elapsed(): number {
    return this.context.cluster.clock.now - this.start;
  }
}

/** curl answers this name and those under it itself, whatever /etc/hosts says: lib/hostip.c `Curl_resolv`. */
const localhost = /^(?:.*\.)?localhost$/i;
/** `get_localhost`: this version tries IPv4 first. */
const loopback = { addresses: ['127.0.0.1', '::1'] } as const;

const reasons: Readonly<Record<WalkResult, string>> = {
  answered: '',
  refused: 'Connection refused',
  timeout: 'Connection timed out',
  unreachable: 'No route to host',
  'no route': 'Network is unreachable',
};

function seconds(text: string | undefined): number {
  return text === undefined ? Infinity : Math.round((Number(text) || 0) * 1000) || Infinity;
}

function bracket(address: string): string {
  return address.includes(':') ? `[${address}]` : address;
}
