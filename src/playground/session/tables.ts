import type { Cluster } from '@/kubernetes/cluster';
import type { Picture, Sign } from '../picture/model';
import { type TextTable, printed } from './printed';

/** A listening socket, with the machine it is on. */
export interface SocketRow {
  readonly node: string;
  readonly protocol: string;
  readonly local: string;
  readonly program: string;
  /** The Pod that owns the program, with `-n` outside of `default`; none = the machine. */
  readonly pod?: string;
}

/** A host port or a node port that is forwarded. */
export interface RuleRow {
  readonly node: string;
  readonly hostPort: string;
  readonly to: string;
  /** As kubectl names it: `pod/web-0`, `service/web -n shop`. */
  readonly owner: string;
}

export interface Tables {
  readonly pods: TextTable;
  readonly nodes: TextTable;
  readonly services: TextTable;
  readonly endpoints: TextTable;
  readonly events: TextTable;
  readonly sockets: readonly SocketRow[];
  readonly rules: readonly RuleRow[];
}

/** What kubectl prints now, and what the kernels of the nodes hold. */
export function tablesOf(cluster: Cluster, picture: Picture): Tables {
  const scope = livesElsewhere(cluster) ? ['-A'] : [];
  return {
    pods: printed(cluster, ['get', 'pods', '-o', 'wide', ...scope]),
    nodes: printed(cluster, ['get', 'nodes', '-o', 'wide']),
    services: printed(cluster, ['get', 'services', ...scope]),
    endpoints: printed(cluster, ['get', 'endpointslices', ...scope]),
    events: printed(cluster, ['get', 'events', '--sort-by=.lastTimestamp', ...scope]),
    sockets: cluster.world.nodes.flatMap((node) => socketsOf(cluster, node.name)),
    rules: picture.houses.flatMap((house) => [
      ...house.bells.map((bell) => ({
        node: house.name,
        hostPort: `${bell.port}/${bell.protocol}`,
        to: `${house.rooms.find((room) => room.key === bell.room)?.ip ?? ''}:${bell.targetPort}`,
        owner: named('pod/', bell.room),
      })),
      ...house.nodePorts.map(({ port, protocol, service }) => ({
        node: house.name,
        hostPort: `${port}/${protocol}`,
        to: namesOf(picture.signs.find(({ key }) => key === service)),
        owner: named('service/', service),
      })),
    ]),
  };
}

/** Whether a reader's objects stand outside the namespace that kubectl takes unasked. */
function livesElsewhere(cluster: Cluster): boolean {
  const own = ({ metadata }: { readonly metadata: { readonly namespace?: string } }) =>
    metadata.namespace === 'default' || metadata.namespace === 'kube-system';
  return !cluster.store.list('pods').every(own) || !cluster.store.list('services').every(own);
}

/** `namespace/name` as one would go on typing after kubectl: `pod/web-0`, `pod/web-0 -n shop`. */
function named(kind: string, key: string): string {
  const [namespace = '', name = ''] = key.split('/');
  return `${kind}${name}${namespace === 'default' ? '' : ` -n ${namespace}`}`;
}

/** The first of those behind a Service, by their names. */
function namesOf(sign: Sign | undefined): string {
  const names = (sign?.backends ?? []).map(({ name }) => name);
  return names.length <= 3 ? names.join(', ') : `${names.slice(0, 2).join(', ')}, +${names.length - 2}`;
}

function socketsOf(cluster: Cluster, node: string): SocketRow[] {
  const kernel = cluster.network.kernel(node);
  return kernel.sockets('host').map((socket) => {
    const process = kernel.process(socket.pid);
    const address = socket.address.includes(':') ? `[${socket.address}]` : socket.address;
    return {
      node,
      protocol: socket.protocol.toLowerCase(),
      local: `${address}:${socket.port}`,
      program: process?.comm ?? '',
      pod: process?.owner && named('', `${process.owner.namespace}/${process.owner.name}`),
    };
  });
}
