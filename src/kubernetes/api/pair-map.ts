/**
 * A map by two names: a group and a kind, a namespace and a name. They are looked up one after the other, so that no text
 * has to be put together only to read what stands there.
 */
export class PairMap<V> {
  private readonly maps = new Map<string, Map<string, V>>();

  get(first: string, second: string): V | undefined {
    return this.maps.get(first)?.get(second);
  }

  set(first: string, second: string, value: V): this {
    const inner = this.maps.get(first);
    if (inner) inner.set(second, value);
    else this.maps.set(first, new Map([[second, value]]));
    return this;
  }

  delete(first: string, second: string): void {
    this.maps.get(first)?.delete(second);
  }
}
