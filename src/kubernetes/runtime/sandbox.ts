import type { ObjectReference } from '../api/object';
import type { HostKernel } from '../network/host';
import type { Cni, PortMapping } from '../network/kernel';
import type { SandboxRecord } from './records';

/** How a Pod's sandbox is wanted. */
export interface SandboxWish {
  readonly attempt: number;
  readonly hostNetwork: boolean;
  readonly hostname: string;
  readonly mappings: readonly PortMapping[];
}

/** A network for a Pod, unless it lives in the node's, and the process that keeps it. An error is what the plug-in said. */
export function setUpSandbox(
  kernel: HostKernel,
  cni: Cni,
  id: string,
  pod: ObjectReference,
  wish: SandboxWish,
): Pick<SandboxRecord, 'namespace' | 'ip' | 'pid'> | { readonly error: string } {
  const namespace = wish.hostNetwork ? 'host' : id;
  let ip: string | undefined;
  if (!wish.hostNetwork) {
    kernel.createNetworkNamespace(id);
    const result = cni.add(id, pod, wish.mappings);
    if (!result.ok) {
      kernel.deleteNetworkNamespace(id);
      return { error: `failed to setup network for sandbox "${id}": ${result.error}` };
    }
    ip = result.ip;
  }
  const { pid } = kernel.spawn({
    namespace,
    pidNamespace: `sandbox/${id}`,
    command: ['/pause'],
    comm: 'pause',
    uid: 65535,
    capabilities: [],
    container: id,
    owner: pod,
  });
  return { namespace, ip, pid };
}

/** The process ends, and with it the network that was the Pod's own. */
export function tearDownSandbox(kernel: HostKernel, cni: Cni, { id, pid, hostNetwork }: SandboxRecord): void {
  kernel.exit(pid);
  if (hostNetwork) return;
  cni.del(id);
  kernel.deleteNetworkNamespace(id);
}
