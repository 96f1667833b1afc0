/** A binary heap whose items can also be taken out of the middle. `before` must be a strict order. */
export class Heap<T> {
  private readonly items: T[] = [];
  private readonly places = new Map<T, number>();

  constructor(private readonly before: (a: T, b: T) => boolean) {}

  get size(): number {
    return this.items.length;
  }

  has(item: T): boolean {
    return this.places.has(item);
  }

  peek(): T | undefined {
    return this.items[0];
  }

  add(item: T): void {
    this.remove(item);
    this.items.push(item);
    this.places.set(item, this.items.length - 1);
    this.up(this.items.length - 1);
  }

  pop(): T | undefined {
    const top = this.items[0];
    if (top !== undefined) this.remove(top);
    return top;
  }

  remove(item: T): boolean {
    const at = this.places.get(item);
    if (at === undefined) return false;
    const last = this.items.pop();
    this.places.delete(item);
    if (last === undefined || last === item) return true;
    this.put(at, last);
    this.up(at);
    this.down(this.places.get(last) ?? at);
    return true;
  }

  private put(at: number, item: T): void {
    this.items[at] = item;
    this.places.set(item, at);
  }

  private up(start: number): void {
    let at = start;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (!this.swapIfBefore(at, parent)) return;
      at = parent;
    }
  }

  private down(start: number): void {
    let at = start;
    for (;;) {
      const [left, right] = [this.items[2 * at + 1], this.items[2 * at + 2]];
      if (left === undefined) return;
      const child = right !== undefined && this.before(right, left) ? 2 * at + 2 : 2 * at + 1;
      if (!this.swapIfBefore(child, at)) return;
      at = child;
    }
  }

  private swapIfBefore(low: number, high: number): boolean {
    const [a, b] = [this.items[low], this.items[high]];
    if (a === undefined || b === undefined || !this.before(a, b)) return false;
    this.put(high, a);
    this.put(low, b);
    return true;
  }
}
