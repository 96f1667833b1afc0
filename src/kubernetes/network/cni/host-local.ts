import { type Cidr, addressIn, sizeOf } from '../address';

/**
 * CNI's host-local: hands out the addresses of a range in turn, beginning after the last one given, and comes back
 * to freed ones only after the end of the range (`plugins/ipam/host-local/backend/allocator/allocator.go`).
 */
export class HostLocal {
  private readonly held = new Map<string, string>();
  private next: number;

  constructor(
    private readonly range: Cidr,
    /** The first host part to give; 1 is the gateway's. */
    first = 2,
  ) {
    this.next = first;
  }

  get gateway(): string {
    return addressIn(this.range, 1);
  }

  /** The next free address, or undefined when the range is used up. */
  allocate(id: string): string | undefined {
    const last = sizeOf(this.range) - 2;
    const taken = new Set(this.held.values());
    for (let tries = 0; tries <= last; tries++) {
      const index = this.next;
      this.next = index >= last ? 2 : index + 1;
      const address = addressIn(this.range, index);
      if (taken.has(address)) continue;
      this.held.set(id, address);
      return address;
    }
    return undefined;
  }

  release(id: string): void {
    this.held.delete(id);
  }
}
