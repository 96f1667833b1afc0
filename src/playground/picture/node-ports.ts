import type { HostKernel } from '@/kubernetes/network/host';
import type { NodePort, Sign } from './model';

/**
 * The node ports of Services that a node's kernel really knows: kube-proxy has written a rule, a map element or a virtual
 * server for them. Where kube-proxy never ran, a Service's node port is nothing but a number in the API.
 */
export function nodePortsOf(signs: readonly Sign[], kernel: HostKernel, address: string): NodePort[] {
  if (!signs.some((sign) => sign.ports.some(({ nodePort }) => nodePort !== undefined))) return [];
  const known = forwardedPorts(kernel, address);
  return signs.flatMap(({ key, name, ports, backends, localOnly }) =>
    ports.flatMap(({ nodePort, protocol }) => {
      if (nodePort === undefined || !known.has(`${protocol.toLowerCase()}/${nodePort}`)) return [];
      const answers = backends.some(({ node }) => !localOnly || node === kernel.host);
      return [{ port: nodePort, protocol, service: key, name, answers }];
    }),
  );
}

/** `tcp/30080`, for each way in which kube-proxy writes a node port down. */
function forwardedPorts(kernel: HostKernel, address: string): Set<string> {
  const { tables } = kernel.rules();
  const rules = tables
    .flatMap(({ chains }) => chains)
    .filter(({ name }) => name === 'KUBE-NODEPORTS' || name === 'KUBE-EXTERNAL-SERVICES')
    .flatMap((chain) => chain.rules.flatMap((rule) => rule.matches))
    .flatMap((match) => (match.kind === 'ports' && match.dport ? [`${match.protocol}/${match.dport.value}`] : []));
  const elements = tables
    .flatMap(({ collections }) => collections)
    .filter(({ name }) => name === 'service-nodeports' || name === 'no-endpoint-nodeports')
    .flatMap((collection) => collection.elements.map(({ key }) => key.replace(' . ', '/')));
  const servers = kernel
    .ipvs()
    .servers.filter((server) => server.address === address)
    .map(({ protocol, port }) => `${protocol.toLowerCase()}/${port}`);
  return new Set([...rules, ...elements, ...servers]);
}
