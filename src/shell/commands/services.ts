import { controllerNames } from '@/kubernetes/controllers';
import type { Process } from '@/kubernetes/network/kernel';
import type { ShellContext } from '../command';

/** A service of a node, as its unit file describes it. */
export interface Service {
  readonly name: string;
  readonly description: string;
  readonly documentation: string;
  /** The components of the cluster that it is made of. */
  readonly parts: readonly string[];
}

/** What the unit files of the packages, and of clusters that were set up by hand, say of themselves. */
const described: Readonly<Record<string, readonly [description: string, documentation: string]>> = {
  // kubernetes/release, cmd/krel/templates/latest/kubelet/kubelet.service
  kubelet: ['kubelet: The Kubernetes Node Agent', 'https://kubernetes.io/docs/'],
  // containerd, containerd.service
  containerd: ['containerd container runtime', 'https://containerd.io'],
  'kube-proxy': ['Kubernetes Kube Proxy', 'https://github.com/kubernetes/kubernetes'],
  'kube-scheduler': ['Kubernetes Scheduler', 'https://github.com/kubernetes/kubernetes'],
  'kube-controller-manager': ['Kubernetes Controller Manager', 'https://github.com/kubernetes/kubernetes'],
};

/**
 * A service by the name of its unit; undefined where there is no such service. A control plane's own programs are
 * services of its machine here, as in a cluster that was set up by hand.
 */
export function serviceOf(unit: string, { cluster, scene }: ShellContext): Service | undefined {
  const host = scene.kernel.host;
  const node = scene.pod ? undefined : cluster.world.nodes.find((one) => one.name === host);
  const name = unit.replace(/\.service$/, '');
  const [description, documentation] = (Object.hasOwn(described, name) && described[name]) || [];
  if (!node || description === undefined || documentation === undefined) return undefined;
  const make = (parts: readonly string[]) => ({ name, description, documentation, parts });
  if (['kubelet', 'kube-proxy', 'containerd'].includes(name)) return make([`${name}/${host}`]);
  if (!node.roles?.includes('control-plane')) return undefined;
  return make(name === 'kube-scheduler' ? [name] : controllerNames);
}

/** The process of a service while it runs. */
export function processOf({ name }: Service, { scene }: ShellContext): Process | undefined {
  return scene.kernel
    .processes()
    .find((process) => process.comm === name.slice(0, 15) && process.container === undefined);
}

/** When a process of this machine began, in virtual time: at the revision that first knows of it. */
export function startOf(pid: number, { cluster, scene }: ShellContext): number {
  let low = 1;
  let high = Math.max(1, cluster.revisions.current);
  while (low < high) {
    const middle = (low + high) >> 1;
    if (scene.kernel.process(pid, middle)) high = middle;
    else low = middle + 1;
  }
  return cluster.revisions.timeOf(low);
}
