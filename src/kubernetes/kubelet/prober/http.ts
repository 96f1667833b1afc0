import type { Container, HTTPGetAction } from '../../api/generated/core-v1';
import type { Millis } from '../../clock/clock';
import type { Task } from '../../clock/task';
import type { AppResponse } from '../../network/kernel';
import type { ContainerRecord } from '../../runtime/records';
import type { KubeletHost } from '../host';
import { connect, hostPort, portNumber, refused, sourceOf, type Target, leaveWaiting, targetOf } from './connect';

/** An answer, or why there is none; `unknown` when nothing was asked at all. */
export type HttpAnswer = NonNullable<AppResponse['http']> | { readonly error: string; readonly unknown?: true };

/** Whose request it is: `kube-probe/1.36`, `kube-lifecycle/1.36`. */
type Asker = 'probe' | 'lifecycle';

/** A request of the kubelet's to a container. */
interface HttpGet {
  readonly container: Container;
  readonly record: ContainerRecord;
  readonly action: HTTPGetAction;
  readonly timeout: Millis;
  readonly asker: Asker;
}

// net/http/client.go
const late = 'context deadline exceeded (Client.Timeout exceeded while awaiting headers)';
const maxRedirects = 10;

/**
 * One GET, redirects within the same host followed. Upstream: pkg/probe/http/{http,request}.go, and Go's net/http for
 * what it says when there is no answer. TLS is not simulated, and an error says so.
 */
export function* httpGet(host: KubeletHost, get: HttpGet): Task<HttpAnswer> {
  const { container, record, action } = get;
  const port = portNumber(container, action.port);
  if (typeof port === 'string') return { error: port, unknown: true };
  const target = targetOf(host, record, action.host, port);
  const scheme = (action.scheme ?? 'HTTP').toLowerCase();
  let path = `${action.path?.startsWith('/') ? '' : '/'}${action.path ?? ''}`;
  for (let hops = 0; ; hops++) {
    const url = `${scheme}://${hostPort(target)}${path}`;
    if (hops === maxRedirects) return { error: `Get "${path}": stopped after ${maxRedirects} redirects` };
    const answer = yield* ask(host, get, target, scheme, path);
    if (typeof answer === 'string') return { error: `Get "${url}": ${answer}` };
    const next = answer.status < 300 || answer.status >= 400 ? undefined : redirected(answer, target, scheme);
    if (next === undefined) return answer;
    path = next;
  }
}

function* ask(
  host: KubeletHost,
  { record, action, timeout, asker }: HttpGet,
  target: Target,
  scheme: string,
  path: string,
): Task<NonNullable<AppResponse['http']> | string> {
  const connection = connect(host, record, target);
  if (connection === 'refused') return refused(target);
  const source = { address: sourceOf(host, record, target), port: 40_000 };
  if (connection !== 'no answer' && scheme === 'https') {
    return overTls(connection({ protocol: 'TCP', source, destination: target }));
  }
  const headers = Object.fromEntries((action.httpHeaders ?? []).map(({ name, value }) => [name, value]));
  const own = {
    'User-Agent': `kube-${asker}/${host.world.kubernetes}`,
    ...(asker === 'probe' ? { Accept: '*/*' } : {}),
  };
  const response: AppResponse =
    connection === 'no answer'
      ? { hangs: true }
      : connection({
          protocol: 'TCP',
          source,
          destination: target,
          http: { method: 'GET', path, host: headers.Host ?? hostPort(target), headers: { ...own, ...headers } },
        });
  if (response.hangs || (response.after ?? 0) > timeout) {
    yield { until: host.now + timeout };
    return late;
  }
  leaveWaiting(host, record, target, 'server');
  return response.http ?? (response.data ? malformed(response.data) : 'EOF');
}

/** What comes back when a client says hello in TLS: crypto/tls/conn.go, net/http/transport.go. */
function overTls({ data }: AppResponse): string {
  if (data === undefined) return 'TLS is not simulated: only plain HTTP is';
  return data === '' ? 'EOF' : 'http: server gave HTTP response to HTTPS client';
}

// net/http/transfer.go, textproto: what is no status line is quoted.
function malformed(data: string): string {
  const [line = ''] = data.split('\n');
  return `net/http: HTTP/1.x transport connection broken: malformed HTTP response ${JSON.stringify(line)}`;
}

/** Where a redirect within the same host goes; undefined when it is not followed. */
function redirected({ headers }: NonNullable<AppResponse['http']>, target: Target, scheme: string): string | undefined {
  const location = headers.find(([name]) => name.toLowerCase() === 'location')?.[1];
  if (location === undefined) return undefined;
  if (location.startsWith('/')) return location;
  const prefixes = [`${scheme}://${hostPort(target)}`, ...(target.port === 80 ? [`http://${target.address}`] : [])];
  const prefix = prefixes.find((one) => location === one || location.startsWith(`${one}/`));
  return prefix === undefined ? undefined : location.slice(prefix.length) || '/';
}
