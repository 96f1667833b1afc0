import type { Task } from '@/kubernetes/clock/task';
import type { AppResponse } from '@/kubernetes/network/kernel';
import type { ShellContext } from '../command';
import { type Connection, connect, reasons, resolveAt } from '../net/connect';
import { type HttpUrl, parseUrl } from '../net/url';
import { type Changed, requestOf } from './curl-request';
import { progressMeter } from './curl-progress';
import {
  type Pinned,
  type Target,
  bracket,
  fullUrl,
  ofFamily,
  pinnedAddresses,
  redirectTarget,
  targetOf,
} from './curl-targets';
import { writeOut } from './curl-write-out';
import { type Options, hasFlag, lastValue } from './options';

/** What all transfers of one command have in common. */
export interface Shared {
  readonly pinned: readonly Pinned[];
  readonly data: string | undefined;
  /** How many were begun. */
  connections: number;
}

/** One URL of a command, with all that redirects make of it. */
export class Transfer {
  private readonly start: number;
  private readonly output: string | undefined;
  private url: string;
  private method = 'GET';
  private redirects = 0;
  private changed: Changed = { bodiless: false, stranger: false };
  private headers = '';
  /** How the connection is called where a host's name stands; curl 7.88 knows none of `--connect-to`. */
  private dispname = '';
  private readonly deadline: number;
  private connection: Connection | undefined;
  private response: NonNullable<AppResponse['http']> | undefined;

  constructor(
    private readonly text: string,
    private readonly index: number,
    private readonly options: Options,
    private readonly context: ShellContext,
    private readonly shared: Shared,
  ) {
    const files = [...(options.values.get('o') ?? []), ...(options.values.get('output') ?? [])];
    this.output = files[index];
    this.url = fullUrl(text);
    this.start = context.cluster.clock.now;
    this.deadline = this.start + seconds(lastValue(options, 'm', 'max-time'));
  }

  *run(): Task<number> {
    const url = parseUrl(this.text);
    if (url && hasFlag(this.options, 'G', 'get') && this.shared.data !== undefined) {
      const [page = '', mark = ''] = this.url.split('#');
      this.url = `${page}${page.includes('?') ? '&' : '?'}${this.shared.data}${mark && `#${mark}`}`;
    }
    const remoteName = url?.path.replace(/\?.*$/, '').replace(/^.*\//, '') ?? '';
    if (hasFlag(this.options, 'O', 'remote-name') && remoteName === '') {
      this.context.stderr(
        'curl: Remote file name has no length!\ncurl: (23) Failed writing received data to disk/application\n',
      );
      return 23;
    }
    const failed = yield* this.attempts(parseUrl(this.url));
    const output = this.response && failed === undefined ? this.body(this.response) : this.headers;
    const seen = this.context.session.terminal && this.output === undefined;
    if (!hasFlag(this.options, 's', 'silent', 'no-progress-meter') && url && !seen)
      this.context.stderr(progressMeter(failed ? 0 : output.length));
    if (this.response && failed?.code !== 47) this.leave(failed !== undefined);
    const named = hasFlag(this.options, 'O', 'remote-name') ? remoteName : undefined;
    const file = this.output ?? named;
    if (file === undefined) this.context.stdout(output);
    else if (file !== '/dev/null') this.context.files.write(file, output);
    const format = lastValue(this.options, 'w', 'write-out');
    if (format !== undefined) this.context.stdout(this.writeOut(format, failed));
    if (failed && (!hasFlag(this.options, 's', 'silent') || hasFlag(this.options, 'S', 'show-error'))) {
      this.context.stderr(`curl: (${failed.code}) ${failed.text}\n`);
    }
    return failed?.code ?? 0;
  }

  /** A request, and with `-L` those that the answers send it on to: lib/transfer.c `Curl_follow`. */
  private *attempts(first: HttpUrl | undefined): Task<Failure | undefined> {
    const follow = hasFlag(this.options, 'L', 'location', 'location-trusted');
    const most = Number(lastValue(this.options, 'max-redirs') ?? 50);
    for (let url = first; ; url = parseUrl(this.url)) {
      const failed = yield* this.attempt(url);
      const next = this.redirect();
      if (failed || !follow || next === undefined || !url) return failed;
      if (most >= 0 && this.redirects >= most) {
        this.leave(false);
        return { code: 47, text: `Maximum (${most}) redirects followed` };
      }
      this.verbose('*', 'Ignoring the response-body');
      this.leave(false);
      this.headers += this.head();
      this.follow(url, next);
      this.url = next;
      this.redirects++;
    }
  }

  /** Where the answer leads to. */
  private redirect(): string | undefined {
    if (!this.response || this.response.status < 300 || this.response.status > 399) return undefined;
    const location = this.response.headers.find(([name]) => name.toLowerCase() === 'location')?.[1];
    return location === undefined ? undefined : redirectTarget(this.url, location);
  }

  private follow(from: HttpUrl, next: string): void {
    const to = parseUrl(next);
    if (to && !hasFlag(this.options, 'location-trusted')) {
      const elsewhere = to.port !== from.port || to.scheme !== from.scheme;
      if (to.port !== from.port) this.verbose('*', `Clear auth, redirects to port from ${from.port} to ${to.port}`);
      else if (to.scheme !== from.scheme)
        this.verbose('*', `Clear auth, redirects scheme from ${from.scheme} to ${to.scheme}`);
      this.changed = { ...this.changed, stranger: this.changed.stranger || elsewhere || to.host !== from.host };
    }
    this.verbose('*', `Issue another request to this URL: '${next}'`);
    const status = this.response?.status ?? 0;
    if (!this.sending || ![301, 302, 303].includes(status)) return;
    this.verbose('*', status === 303 ? 'Switch to GET' : 'Switch from POST to GET');
    this.changed = { ...this.changed, bodiless: true };
  }

  private get sending(): boolean {
    return this.shared.data !== undefined && !this.changed.bodiless && !hasFlag(this.options, 'G', 'get');
  }

  /** The end of an answer on its connection. */
  private leave(failed: boolean): void {
    // What is not a page is told of too, where nobody sees the page itself.
    const size = hasFlag(this.options, 'I', 'head') ? 0 : (this.response?.body.length ?? 0);
    if (size > 0 && !this.context.session.terminal) this.verbose('{', `[${size} bytes data]`);
    const number = this.shared.connections - 1;
    this.verbose(
      '*',
      failed ? `Closing connection ${number}` : `Connection #${number} to host ${this.dispname} left intact`,
    );
  }

  private *attempt(url: HttpUrl | undefined): Task<Failure | undefined> {
    if (!url) return { code: 3, text: 'URL using bad/illegal format or missing URL' };
    if (url.scheme !== 'http' && url.scheme !== 'https') {
      return { code: 1, text: `Protocol "${url.scheme}" not supported or disabled in libcurl` };
    }
    if (url.host === '') return { code: 3, text: 'URL using bad/illegal format or missing URL' };
    const target = targetOf(url, this.options);
    if (target.otherHost) this.verbose('*', `Connecting to hostname: ${target.host}`);
    if (target.otherPort) this.verbose('*', `Connecting to port: ${target.port}`);
    const number = this.shared.connections++;
    const pinned = pinnedAddresses(this.shared.pinned, target);
    if (pinned) this.verbose('*', `Hostname ${target.host} was found in DNS cache`);
    const resolved = pinned
      ? { addresses: pinned }
      : localhost.test(target.host)
        ? loopback
        : resolveAt(this.context, target.host);
    if (resolved === 'silent') {
      // glibc asks a silent server twice, five seconds each.
      const until = Math.min(this.start + 10_000, this.deadline);
      while (this.context.cluster.clock.now < until) yield { until };
      if (until === this.deadline) return { code: 28, text: `Resolving timed out after ${this.elapsed} milliseconds` };
    }
    const addresses =
      typeof resolved === 'string' ? [] : ofFamily(this.options, resolved.addresses, !pinned && resolved !== loopback);
    if (addresses.length === 0) {
      const text = `Could not resolve host: ${target.host}`;
      this.verbose('*', text);
      this.verbose('*', `Closing connection ${number}`);
      return { code: 6, text };
    }
    const connectDeadline = this.start + seconds(lastValue(this.options, 'connect-timeout'));
    const deadline = Math.min(this.deadline, connectDeadline);
    const request = requestOf(url, this.options, this.shared.data, this.changed);
    this.method = request.method;
    const { port } = target;
    const connection = yield* connect(this.context, addresses, port, 'TCP', { http: request }, deadline);
    this.connection = connection;
    for (const { address, result } of connection.before) {
      this.verbose('*', `  Trying ${bracket(address)}:${port}...`);
      this.verbose('*', `connect to ${address} port ${port} failed: ${reasons[result]}`);
    }
    this.verbose('*', `  Trying ${bracket(connection.address)}:${port}...`);
    if (connection.result !== 'answered') {
      const failure = this.connectFailure(target, connection);
      if (connection.result !== 'timeout')
        this.verbose('*', `connect to ${connection.address} port ${port} failed: ${reasons[connection.result]}`);
      this.verbose('*', failure.text);
      this.verbose('*', `Closing connection ${number}`);
      return failure;
    }
    this.dispname = target.otherHost ? '(nil)' : url.host;
    this.verbose('*', `Connected to ${this.dispname} (${connection.address}) port ${port} (#${number})`);
    if (url.scheme === 'https') return { code: 35, text: 'TLS is not simulated: only plain HTTP is' };
    this.verboseRequest(request, url);
    return yield* this.receive(connection.response);
  }

  private connectFailure(url: Target, { result, elapsed }: Connection): Failure {
    if (result === 'timeout' && this.context.cluster.clock.now >= this.deadline) {
      return { code: 28, text: `Connection timed out after ${this.elapsed} milliseconds` };
    }
    const code = result === 'timeout' ? 28 : 7;
    const why = result === 'timeout' ? 'Timeout was reached' : "Couldn't connect to server";
    return { code, text: `Failed to connect to ${url.host} port ${url.port} after ${elapsed} ms: ${why}` };
  }

  private *receive(response: AppResponse | undefined): Task<Failure | undefined> {
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
    for (const [name, value] of headers) {
      const again = this.sending && hasFlag(this.options, 'L', 'location', 'location-trusted');
      if (name.toLowerCase() === 'location' && again) this.verbose('*', 'Please rewind output before next send');
      this.verbose('<', `${name}: ${value}`);
    }
    this.verbose('<', '');
    if (hasFlag(this.options, 'f', 'fail', 'fail-with-body') && status >= 400) {
      return { code: 22, text: `The requested URL returned error: ${status}` };
    }
    return undefined;
  }

  private body(response: NonNullable<AppResponse['http']>): string {
    return this.headers + this.head() + (hasFlag(this.options, 'I', 'head') ? '' : response.body);
  }

  private head(): string {
    const { response } = this;
    if (!response || !hasFlag(this.options, 'I', 'head', 'i', 'include')) return '';
    const lines = [
      `HTTP/${response.version} ${response.status} ${response.reason}`,
      ...response.headers.map(([name, value]) => `${name}: ${value}`),
    ];
    return `${lines.join('\r\n')}\r\n\r\n`;
  }

  private writeOut(format: string, failed: Failure | undefined): string {
    const { url, connection, response, elapsed, method, redirects, text, index } = this;
    const facts = { text, url, index, connection, response, elapsed, method, redirects, failed };
    return writeOut(format, { ...facts, port: this.port, redirect: this.redirect() }, this.context.stderr);
  }

  private get port(): number {
    const url = parseUrl(this.url);
    return url ? targetOf(url, this.options).port : 0;
  }

  private verbose(sign: string, text: string): void {
    if (!hasFlag(this.options, 'v', 'verbose')) return;
    this.context.stderr(`${sign} ${text}${sign === '>' || sign === '<' ? '\r' : ''}\n`);
  }

  private verboseRequest(request: ReturnType<typeof requestOf>, url: HttpUrl): void {
    const user = lastValue(this.options, 'u', 'user') ?? url.user;
    if (user !== undefined && !this.changed.stranger)
      this.verbose('*', `Server auth using Basic with user '${user.replace(/:.*$/s, '')}'`);
    this.verbose('>', `${request.method} ${url.path} HTTP/1.1`);
    for (const [name, value] of Object.entries(request.headers)) this.verbose('>', `${name}: ${value}`);
    this.verbose('>', '');
    const size = request.body?.length ?? 0;
    if (size > 0 && !this.context.session.terminal) this.verbose('}', `[${size} bytes data]`);
  }

  private get elapsed(): number {
    return this.context.cluster.clock.now - this.start;
  }
}

interface Failure {
  readonly code: number;
  readonly text: string;
}

/** curl answers this name and those under it itself, whatever /etc/hosts says: lib/hostip.c `Curl_resolv`. */
const localhost = /^(?:.*\.)?localhost$/i;
/** `get_localhost`: this version tries IPv4 first. */
const loopback = { addresses: ['127.0.0.1', '::1'] } as const;

function seconds(text: string | undefined): number {
  return text === undefined ? Infinity : Math.round((Number(text) || 0) * 1000) || Infinity;
}
