// Upstream: pkg/registry/core/service/ipallocator
import type { Backend } from '../backend';
import { formatIP, parseIP } from '../../api/meta/ip-address';

/** The addresses that Services take: `10.96.0.0/12`, IPv4. */
export class ServiceRange {
  private readonly base: number;
  private readonly size: number;

  constructor(readonly cidr: string) {
    const [address = '', bits = '12'] = cidr.split('/');
    this.size = 2 ** (32 - Number(bits));
    this.base = Math.floor(numberOf(address) / this.size) * this.size;
  }

  contains(address: string): boolean {
    const ip = parseIP(address);
    if (ip?.family !== 4) return false;
    const offset = numberOf(address) - this.base;
    // Neither the first nor the last address is handed out.
    return offset > 0 && offset < this.size - 1;
  }

  /** Where the range begins, which is no address of it. */
  get address(): string {
    return textOf(this.base);
  }

  /** The first address: the Service `kubernetes`. */
  get first(): string {
    return textOf(this.base + 1);
  }

  /** An address by lot from the upper part of the range; the lower part is kept for addresses chosen by hand. */
  draw(taken: ReadonlySet<string>, { lots }: Backend, owner: string): string | undefined {
    const reserved = Math.min(Math.max(16, Math.floor(this.size / 16)), 256);
    const from = reserved < this.size - 2 ? reserved + 1 : 1;
    const count = this.size - 1 - from;
    if (count <= 0) return undefined;
    const start = lots.below(count, `cluster-ip/${owner}`);
    for (let i = 0; i < Math.min(count, taken.size + 1); i++) {
      const address = textOf(this.base + from + ((start + i) % count));
      if (!taken.has(address)) return address;
    }
    return undefined;
  }
}

/** The addresses that stored Services hold. */
export function takenClusterIPs({ store }: Backend): Set<string> {
  return new Set(store.list('services').flatMap(({ spec }) => spec.clusterIPs ?? []));
}

function numberOf(address: string): number {
  const bytes = parseIP(address)?.bytes ?? [];
  return bytes.slice(0, 4).reduce((sum, byte) => sum * 256 + byte, 0);
}

function textOf(value: number): string {
  const bytes = [24, 16, 8, 0].map((shift) => Math.floor(value / 2 ** shift) % 256);
  return formatIP({ family: 4, bytes });
}
