import type { Pod } from '@/kubernetes/api/generated/core-v1';
import type { HostKernel } from '@/kubernetes/network/host';
import type { Bell } from './model';

/**
 * The host ports of a Pod that really ring: declared, and with a rule in the node's packet filter that sends somebody to
 * the Pod's door. Where nobody writes such rules, a declared host port is no bell.
 */
export function bellsOf(pod: Pod, kernel: HostKernel): Bell[] {
  const ip = pod.status?.podIP;
  if (pod.spec.hostNetwork || ip === undefined) return [];
  const declared = pod.spec.containers.flatMap((container) => container.ports ?? []).filter((port) => port.hostPort);
  if (declared.length === 0) return [];
  const targets = forwardTargets(kernel);
  return declared
    .filter((port) => targets.has(`${ip}:${port.containerPort}`))
    .map((port) => ({
      port: port.hostPort ?? 0,
      protocol: port.protocol ?? 'TCP',
      room: `${pod.metadata.namespace}/${pod.metadata.name}`,
      targetPort: port.containerPort,
    }));
}

/** Every `address:port` that a rule of the node's own network rewrites a destination to. */
function forwardTargets(kernel: HostKernel): Set<string> {
  const targets = kernel
    .rules()
    .tables.flatMap((table) => [
      ...table.chains.flatMap((chain) => chain.rules.map((rule) => rule.target)),
      ...table.collections.flatMap((collection) => collection.elements.map((element) => element.verdict)),
    ]);
  return new Set(
    targets.flatMap((target) =>
      target?.kind === 'dnat' ? target.to.map(({ address, port }) => `${address}:${port}`) : [],
    ),
  );
}
