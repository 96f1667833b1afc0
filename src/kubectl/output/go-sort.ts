/** What a pattern looks like to whoever chooses a pivot in it. */
type Hint = 'increasing' | 'decreasing' | 'unknown';

/** Runs up to this length are sorted by insertion; runs from that one on choose their pivot from nine. */
const [shortRun, longRun] = [12, 50];
/** How often a pivot of nine can be out of order, and how many pairs a sorted run may have to be put right. */
const [mostSwaps, mostSteps] = [12, 5];

/**
 * Sorts as Go's `sort.Sort` does, which leaves equal elements in an order of its own: by insertion up to twelve of them,
 * else by a quicksort that looks for patterns. `less` may say true of equal ones. Upstream: Go, sort/zsortinterface.go.
 */
export function goSort<T>(items: readonly T[], less: (a: T, b: T) => boolean): T[] {
  const sorter = new PatternSort([...items], less);
  sorter.sort(0, items.length, bitLength(items.length));
  return sorter.items;
}

class PatternSort<T> {
  constructor(
    readonly items: T[],
    private readonly isLess: (a: T, b: T) => boolean,
  ) {}

  sort(from: number, to: number, limit: number): void {
    let [a, b, tries] = [from, to, limit];
    let [balanced, partitioned] = [true, true];
    while (b - a > shortRun) {
      if (tries === 0) return this.heapSort(a, b);
      if (!balanced) {
        this.breakPatterns(a, b);
        tries--;
      }
      let [pivot, hint] = this.choosePivot(a, b);
      if (hint === 'decreasing') {
        for (let i = a, j = b - 1; i < j; i++, j--) this.swap(i, j);
        [pivot, hint] = [b - 1 - (pivot - a), 'increasing'];
      }
      if (balanced && partitioned && hint === 'increasing' && this.isNearlySorted(a, b)) return;
      if (a > 0 && !this.less(a - 1, pivot)) {
        a = this.partitionEqual(a, b, pivot);
        continue;
      }
      const length = b - a;
      const split = this.partition(a, b, pivot);
      partitioned = split.already;
      const [left, right] = [split.at - a, b - split.at];
      balanced = Math.min(left, right) >= Math.floor(length / 8);
      if (left < right) {
        this.sort(a, split.at, tries);
        a = split.at + 1;
      } else {
        this.sort(split.at + 1, b, tries);
        b = split.at;
      }
    }
    for (let i = a + 1; i < b; i++) this.sink(i, a);
  }

  private less(i: number, j: number): boolean {
    // Both are places of the array.
    return this.isLess(this.items[i] as T, this.items[j] as T);
  }

  private swap(i: number, j: number): void {
    // As above.
    [this.items[i], this.items[j]] = [this.items[j] as T, this.items[i] as T];
  }

  /** Moves an element down as long as it is less than the one before it, at most to `first`. */
  private sink(at: number, first: number): void {
    for (let j = at; j > first && this.less(j, j - 1); j--) this.swap(j, j - 1);
  }

  private heapSort(a: number, b: number): void {
    const sift = (from: number, end: number) => {
      for (let root = from; ;) {
        let child = 2 * root + 1;
        if (child >= end) return;
        if (child + 1 < end && this.less(a + child, a + child + 1)) child++;
        if (!this.less(a + root, a + child)) return;
        this.swap(a + root, a + child);
        root = child;
      }
    };
    const length = b - a;
    for (let i = Math.floor((length - 1) / 2); i >= 0; i--) sift(i, length);
    for (let i = length - 1; i >= 0; i--) {
      this.swap(a, a + i);
      sift(0, i);
    }
  }

  private partition(a: number, b: number, pivot: number): { readonly at: number; readonly already: boolean } {
    this.swap(a, pivot);
    let [i, j, already] = [a + 1, b - 1, true];
    for (;;) {
      while (i <= j && this.less(i, a)) i++;
      while (i <= j && !this.less(j, a)) j--;
      if (i > j) break;
      already = false;
      this.swap(i++, j--);
    }
    this.swap(j, a);
    return { at: j, already };
  }

  /** Those that are equal to the pivot come first; where the others begin. */
  private partitionEqual(a: number, b: number, pivot: number): number {
    this.swap(a, pivot);
    let [i, j] = [a + 1, b - 1];
    for (;;) {
      while (i <= j && !this.less(a, i)) i++;
      while (i <= j && this.less(a, j)) j--;
      if (i > j) return i;
      this.swap(i++, j--);
    }
  }

  private isNearlySorted(a: number, b: number): boolean {
    let i = a + 1;
    for (let step = 0; step < mostSteps; step++) {
      while (i < b && !this.less(i, i - 1)) i++;
      if (i === b) return true;
      if (b - a < longRun) return false;
      this.swap(i, i - 1);
      if (i - a >= 2) this.sink(i - 1, 0);
      if (b - i >= 2) for (let j = i + 1; j < b && this.less(j, j - 1); j++) this.swap(j, j - 1);
    }
    return false;
  }

  /** Scatters three elements by numbers that depend on the length alone. */
  private breakPatterns(a: number, b: number): void {
    const length = b - a;
    const modulus = 1n << BigInt(bitLength(length));
    let random = BigInt(length);
    const first = a + Math.floor(length / 4) * 2 - 1;
    for (let i = 0; i < 3; i++) {
      random = BigInt.asUintN(64, random ^ (random << 13n));
      random ^= random >> 7n;
      random = BigInt.asUintN(64, random ^ (random << 17n));
      const other = Number(random & (modulus - 1n));
      this.swap(first + i, a + (other >= length ? other - length : other));
    }
  }

  private choosePivot(a: number, b: number): [number, Hint] {
    const quarter = Math.floor((b - a) / 4);
    let swaps = 0;
    const ordered = (i: number, j: number): [number, number] => {
      if (!this.less(j, i)) return [i, j];
      swaps++;
      return [j, i];
    };
    const median = (i: number, j: number, k: number) => {
      const [low, middle] = ordered(i, j);
      return ordered(low, ordered(middle, k)[0])[1];
    };
    const around = (i: number) => (b - a >= longRun ? median(i - 1, i, i + 1) : i);
    const [i, j, k] = [around(a + quarter), around(a + quarter * 2), around(a + quarter * 3)];
    const pivot = median(i, j, k);
    return [pivot, swaps === 0 ? 'increasing' : swaps === mostSwaps ? 'decreasing' : 'unknown'];
  }
}

/** How many binary digits a number has. */
function bitLength(value: number): number {
  return value === 0 ? 0 : 32 - Math.clz32(value);
}
