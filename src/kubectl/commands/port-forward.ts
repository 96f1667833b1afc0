import type { Pod } from '@/kubernetes/api/generated/core-v1';
import type { Service } from '@/kubernetes/api/generated/core-v1';
import type { Task } from '@/kubernetes/clock/task';
import { HOST } from '@/kubernetes/network/host';
import type { AppRequest, AppResponse } from '@/kubernetes/network/kernel';
import type { CommandDefinition } from '../command-tree';
import { KubectlError } from '../errors';
import { duration, slice } from '../flags/flag';
import type { Invocation } from '../invocation';
import { bestFirst, podsOf } from '../pods/of-object';
import { infoOf, type Info } from '../resource/info';
import { mappingFor } from '../resource/mapping';
import { typedAs } from '../resource/typed';

interface Forward {
  readonly local: number;
  readonly remote: number;
}

/** Upstream: kubectl/pkg/cmd/portforward/portforward.go, client-go/tools/portforward. */
export const portForward: CommandDefinition = {
  name: 'port-forward',
  short: 'Forward one or more local ports to a pod',
  flags: [slice('address', undefined, ['localhost']), duration('pod-running-timeout', 60_000)],
  run,
};

function* run(invocation: Invocation): Task<void> {
  const [word, ...ports] = invocation.args;
  if (word === undefined || ports.length === 0) {
    throw invocation.usage('TYPE/NAME and list of ports are required for port-forward');
  }
  const [type = 'pods', name = ''] = word.includes('/') ? word.split('/') : ['pods', word];
  const mapping = mappingFor(type, invocation.minor);
  const info = infoOf(mapping, invocation.request('get', mapping, { namespace: invocation.namespace, name }));
  const [pod] = bestFirst(yield* podsOf(invocation, info), false);
  if (!pod) throw new KubectlError(`no pods found for ${word}`);
  const forwards = ports.map((text) => readPort(text, info, pod));
  if (pod.status.phase !== 'Running') {
    throw new KubectlError(
      `unable to forward port because pod is not running. Current status=${pod.status.phase ?? ''}`,
    );
  }
  yield* listen(invocation, pod, forwards);
}

/** `8080:80`, `80`, `:80`; a Service's port is turned into its Pod's. */
function readPort(text: string, info: Info, pod: Pod): Forward {
  const parts = text.split(':');
  if (parts.length > 2) throw new KubectlError(`invalid port format '${text}'`);
  const [first = '', second = first] = parts;
  const remote = remotePort(second, info, pod);
  const local = parts.length === 1 ? (/^\d+$/.test(first) ? Number(first) : remote) : Number(first || 0);
  if (!Number.isInteger(local) || !Number.isInteger(remote) || remote < 1 || remote > 65535) {
    throw new KubectlError(
      `error parsing remote port '${second}': strconv.ParseUint: parsing ${JSON.stringify(second)}: invalid syntax`,
    );
  }
  return { local, remote };
}

function remotePort(text: string, { object, mapping }: Info, pod: Pod): number {
  const named = (name: string) =>
    pod.spec.containers.flatMap((one) => one.ports ?? []).find((port) => port.name === name)?.containerPort ??
    Number.NaN;
  if (mapping.name !== 'services') return /^\d+$/.test(text) ? Number(text) : named(text);
  // The mapping says that it is a Service.
  const { spec } = typedAs<Service>(object);
  const port = (spec.ports ?? []).find((one) => String(one.port) === text || one.name === text);
  if (!port) throw new KubectlError(`Service ${object.metadata.name} does not have a service port ${text}`);
  const target = port.targetPort ?? port.port;
  if (spec.clusterIP === 'None') return port.port;
  return typeof target === 'number' ? target : named(target);
}

function* listen(invocation: Invocation, pod: Pod, forwards: readonly Forward[]): Task<void> {
  const { cluster, host } = invocation.context;
  if (host === undefined) throw new KubectlError('ports cannot be forwarded from this place');
  const kernel = cluster.network.kernel(host);
  const command = ['kubectl', 'port-forward', ...invocation.args];
  const process = kernel.spawn({
    namespace: HOST,
    pidNamespace: HOST,
    command,
    comm: 'kubectl',
    uid: 0,
    capabilities: [],
  });
  let lost = '';
  try {
    for (const { local, remote } of forwards) {
      const app = (request: AppRequest): AppResponse => {
        invocation.out(`Handling connection for ${local}\n`);
        const answer = forward(invocation, pod, remote, request);
        if (!answer)
          lost = `an error occurred forwarding ${local} -> ${remote}: connection refused in pod ${pod.metadata.name}`;
        return answer ?? {};
      };
      for (const address of ['127.0.0.1', '::1']) {
        const socket = kernel.listen(process.pid, { address, port: local, app });
        if (typeof socket === 'string') {
          throw new KubectlError(
            `unable to listen on port ${local}: Listeners failed to create with the following errors: [unable to create listener: Error listen tcp4 127.0.0.1:${local}: bind: address already in use]`,
          );
        }
        const shown = address === '::1' ? '[::1]' : address;
        invocation.out(`Forwarding from ${shown}:${socket.port} -> ${remote}\n`);
      }
    }
    while (lost === '') {
      if (cluster.clock.nextAt() === undefined) return;
      yield { change: true, until: cluster.clock.now + 200 };
    }
    invocation.err(`${lost}\n`);
    throw new KubectlError('lost connection to pod');
  } finally {
    kernel.exit(process.pid);
  }
}

/** What answers inside the Pod's own network, on its loopback address. */
function forward(invocation: Invocation, pod: Pod, port: number, request: AppRequest): AppResponse | undefined {
  const { cluster } = invocation.context;
  const node = pod.spec.nodeName ?? '';
  const [sandbox] = cluster.runtimes.get(node)?.podSandboxes(pod.metadata.uid) ?? [];
  if (!sandbox) return undefined;
  const from = { kernel: cluster.network.kernel(node), namespace: sandbox.namespace };
  const ask = {
    ...(request.http ? { http: request.http } : {}),
    ...(request.data === undefined ? {} : { data: request.data }),
  };
  return cluster.network.request(from, { protocol: 'TCP', address: '127.0.0.1', port }, ask).response;
}
