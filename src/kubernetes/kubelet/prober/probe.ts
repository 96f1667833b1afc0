import type { Container, Probe } from '../../api/generated/core-v1';
import type { Application, AppResponse } from '../../network/kernel';
import type { ContainerRecord } from '../../runtime/records';
import type { KubeletHost } from '../host';

export interface ProbeOutcome {
  readonly ok: boolean;
  readonly output: string;
}

type Handler = Pick<Probe, 'httpGet' | 'tcpSocket' | 'exec' | 'grpc'>;

/**
 * One try of a probe or hook, from the node to the Pod's address (its own network namespace, or the host's).
 * Upstream: pkg/kubelet/prober/prober.go, pkg/probe/{http,tcp,exec,grpc}.
 */
export function probeOnce(
  host: KubeletHost,
  container: Container,
  record: ContainerRecord,
  handler: Handler,
  timeoutSeconds = 1,
): ProbeOutcome {
  if (handler.exec) {
    const { code, output } = host.runtime.exec(record.id, handler.exec.command ?? []);
    return { ok: code === 0, output: code === 126 ? `command ${goList(handler.exec.command)} ${output}` : output };
  }
  if (handler.httpGet) return httpGet(host, container, record, handler.httpGet);
  if (handler.tcpSocket) {
    const { host: to, port } = handler.tcpSocket;
    const target = targetOf(host, record, to, portNumber(container, port));
    return connect(host, record, target) ? { ok: true, output: '' } : { ok: false, output: refused(target) };
  }
  if (handler.grpc) {
    const target = targetOf(host, record, undefined, handler.grpc.port);
    // pkg/probe/grpc/grpc.go: no connection within the time limit.
    const output = `timeout: failed to connect service "${target.address}:${target.port}" within ${timeoutSeconds}s: context deadline exceeded`;
    return connect(host, record, target) ? { ok: true, output: '' } : { ok: false, output };
  }
  return { ok: true, output: '' };
}

interface Target {
  readonly address: string;
  readonly port: number;
}

function httpGet(
  host: KubeletHost,
  container: Container,
  record: ContainerRecord,
  action: NonNullable<Handler['httpGet']>,
): ProbeOutcome {
  const target = targetOf(host, record, action.host, portNumber(container, action.port));
  const path = action.path ?? '/';
  const scheme = (action.scheme ?? 'HTTP').toLowerCase();
  const url = `${scheme}://${target.address}:${target.port}${path.startsWith('/') ? '' : '/'}${path}`;
  const application = connect(host, record, target);
  if (!application) return { ok: false, output: `Get "${url}": ${refused(target)}` };
  const headers = Object.fromEntries((action.httpHeaders ?? []).map(({ name, value }) => [name, value]));
  const minor = host.world.kubernetes;
  const response: AppResponse = application({
    protocol: 'TCP',
    source: { address: sourceOf(host, record, target), port: 40_000 },
    destination: target,
    http: {
      method: 'GET',
      path: path.startsWith('/') ? path : `/${path}`,
      host: headers.Host ?? `${target.address}:${target.port}`,
      headers: { 'User-Agent': `kube-probe/${minor}`, Accept: '*/*', ...headers },
    },
  });
  if (response.hangs) {
    const late = '(Client.Timeout exceeded while awaiting headers)';
    return { ok: false, output: `Get "${url}": context deadline exceeded ${late}` };
  }
  const status = response.http?.status;
  if (status === undefined)
    return {
      ok: false,
      output: `Get "${url}": net/http: HTTP/1.x transport connection broken: malformed HTTP response`,
    };
  const ok = status >= 200 && status < 400;
  return { ok, output: ok ? '' : `HTTP probe failed with statuscode: ${status}` };
}

/** What answers at an address as seen from the node; undefined when the connection is refused. */
function connect(host: KubeletHost, record: ContainerRecord, target: Target): Application | undefined {
  const { kernel } = host.runtime;
  const sandbox = host.runtime.sandbox(record.sandbox);
  const namespace = sandbox?.ip === target.address ? sandbox.namespace : 'host';
  const socket = kernel.openSockets.taking(namespace, 'TCP', target.address, target.port);
  if (!socket) return undefined;
  return kernel.openSockets.application(socket.id) ?? (() => ({ data: '' }));
}

/** The node reaches its own addresses from themselves, and its Pods from the address of the bridge. */
function sourceOf(host: KubeletHost, record: ContainerRecord, { address }: Target): string {
  const { kernel } = host.runtime;
  if (kernel.addresses('host').includes(address)) return address;
  const sandbox = host.runtime.sandbox(record.sandbox);
  return kernel.routes(sandbox?.namespace ?? 'host').find((route) => route.to === 'default')?.via ?? address;
}

function targetOf(host: KubeletHost, record: ContainerRecord, asked: string | undefined, port: number): Target {
  return { address: asked ?? host.runtime.sandbox(record.sandbox)?.ip ?? host.hostIP ?? '', port };
}

/** A port's number, or the container port that has this name. */
function portNumber(container: Container, port: string | number): number {
  if (typeof port === 'number') return port;
  return container.ports?.find((one) => one.name === port)?.containerPort ?? Number(port);
}

function refused({ address, port }: Target): string {
  return `dial tcp ${address}:${port}: connect: connection refused`;
}

function goList(words: readonly string[] | undefined): string {
  return `[${(words ?? []).map((word) => JSON.stringify(word)).join(' ')}]`;
}
