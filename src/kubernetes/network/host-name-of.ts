import { hostsLines } from './host-names';
import { HOST, type HostKernel } from './host';

/**
 * The name a machine finds for an address, as programs without `-n` print it: of its /etc/hosts, or its own name for an
 * address of its own interfaces (nss-myhostname). Undefined where neither knows one; no name server is asked.
 */
export function hostNameOf(kernel: HostKernel, address: string): string | undefined {
  const listed = hostsLines(kernel.files.read('/etc/hosts') ?? '').find((line) => line.address === address);
  if (listed) return listed.names[0];
  return kernel.addresses(HOST).includes(address) ? kernel.hostname : undefined;
}
