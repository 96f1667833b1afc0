import { HOST, type HostKernel } from './host';

/**
 * The name a machine finds for an address, as programs without `-n` print it: of its /etc/hosts, or its own name for an
 * address of its own interfaces (nss-myhostname). Undefined where neither knows one; no name server is asked.
 */
export function hostNameOf(kernel: HostKernel, address: string): string | undefined {
  for (const line of (kernel.files.read('/etc/hosts') ?? '').split('\n')) {
    const [entry, name] = line.replace(/#.*/, '').trim().split(/\s+/);
    if (entry === address && name) return name;
  }
  return kernel.addresses(HOST).includes(address) ? kernel.hostname : undefined;
}
