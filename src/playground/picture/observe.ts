import type { Pod } from '@/kubernetes/api/generated/core-v1';
import type { Cluster } from '@/kubernetes/cluster';
import type { HostKernel } from '@/kubernetes/network/host';
import { bellsOf } from './bells';
import { doorsIn } from './doors';
import type { Door, House, Picture, Room } from './model';
import { nodePortsOf } from './node-ports';
import { observeRoom } from './room';
import { servicesOfRooms, signsOf } from './signs';

/** Looks at the cluster and says what the picture shows: nothing here is decided, all is read. */
export function observePicture(cluster: Cluster): Picture {
  const pods = cluster.store.list('pods').filter((pod) => pod.metadata.namespace !== 'kube-system');
  const byNode = Map.groupBy(pods, (pod) => pod.spec.nodeName ?? '');
  const signs = signsOf(cluster);
  const services = servicesOfRooms(signs);
  const houses = cluster.store.list('nodes').map((node) => {
    const name = node.metadata.name;
    const kernel = cluster.network.hasHost(name) ? cluster.network.kernel(name) : undefined;
    const own = byNode.get(name) ?? [];
    const address = node.status?.addresses?.find((entry) => entry.type === 'InternalIP')?.address ?? '';
    return {
      name,
      address,
      status:
        node.status?.conditions?.find((entry) => entry.type === 'Ready')?.status === 'True' ? 'Ready' : 'NotReady',
      doors: kernel ? edgeDoors(kernel) : [],
      bells: kernel ? own.flatMap((pod) => bellsOf(pod, kernel)) : [],
      nodePorts: kernel ? nodePortsOf(signs, kernel, address) : [],
      rooms: own.map((pod) => observeRoom(cluster, pod, kernel, services.get(keyOf(pod)) ?? [])),
    } satisfies House;
  });
  return {
    houses,
    waiting: (byNode.get('') ?? []).map((pod): Room => observeRoom(cluster, pod, undefined, [])),
    signs,
  };
}

/** Listeners of the machine's own network that others can reach, one door per port and protocol. */
function edgeDoors(kernel: HostKernel): Door[] {
  return doorsIn(kernel, 'host').filter((door) => door.address !== '127.0.0.1' && door.address !== '::1');
}

function keyOf({ metadata }: Pod): string {
  return `${metadata.namespace}/${metadata.name}`;
}
