import type { Cluster } from '@/kubernetes/cluster';
import type { Picture, Sign } from '../picture/model';
import { type TextTable, printed } from './printed';

/** A listening socket, with the machine it is on. */
export interface SocketRow {
  readonly node: string;
  readonly protocol: string;
  readonly local: string;
  readonly program: string;
  /** The Pod that owns the program; none = the machine. */
  readonly pod?: string;
}

/** A host port or a node port that is forwarded. */
export interface RuleRow {
  readonly node: string;
  readonly hostPort: string;
  readonly to: string;
  /** As kubectl names it: `pod/web-0`, `service/web`. */
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
  return {
    pods: printed(cluster, ['get', 'pods', '-o', 'wide']),
    nodes: printed(cluster, ['get', 'nodes', '-o', 'wide']),
    services: printed(cluster, ['get', 'services']),
    endpoints: printed(cluster, ['get', 'endpointslices']),
    events: printed(cluster, ['get', 'events', '--sort-by=.lastTimestamp']),
    sockets: cluster.world.nodes.flatMap((node) => socketsOf(cluster, node.name)),
    rules: picture.houses.flatMap((house) => [
      ...house.bells.map((bell) => ({
        node: house.name,
        hostPort: `${bell.port}/${bell.protocol}`,
        to: `${house.rooms.find((room) => room.key === bell.room)?.ip ?? ''}:${bell.targetPort}`,
        owner: bell.room.replace(/^.*\//, 'pod/'),
      })),
      ...house.nodePorts.map(({ port, protocol, service, name }) => ({
        node: house.name,
        hostPort: `${port}/${protocol}`,
        to: namesOf(picture.signs.find(({ key }) => key === service)),
        owner: `service/${name}`,
      })),
    ]),
  };
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
      pod: process?.owner?.name,
    };
  });
}
