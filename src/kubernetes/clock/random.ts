/**
 * Seeded randomness. A stream is named, and what it draws depends on the seed and its name alone, so that an
 * unrelated action elsewhere never shifts a draw.
 */
export class Random {
  constructor(readonly seed: number) {}

  /** A stream of its own for `name`; asking twice gives two streams that draw the same numbers. */
  stream(name: string): RandomStream {
    return new RandomStream(hash(`${this.seed}/${name}`));
  }
}

/**
 * Draws for the same purpose, one after the other. Each has a stream of its own, named by what it is for and how many
 * came before, so that nothing else in the cluster can shift it: name the object it is drawn for, not who draws.
 */
export class Draws {
  private readonly drawn = new Map<string, number>();

  constructor(private readonly random: Random) {}

  /** The stream of the next draw for `purpose`. */
  next(purpose: string): RandomStream {
    const count = this.drawn.get(purpose) ?? 0;
    this.drawn.set(purpose, count + 1);
    return this.random.stream(count === 0 ? purpose : `${purpose}#${count}`);
  }
}

/** mulberry32: 32 bits of state, good enough for names and jitter. */
export class RandomStream {
  constructor(private state: number) {}

  /** A number from 0 (included) to 1 (excluded). */
  next(): number {
    this.state = (this.state + 0x6d2b79f5) | 0;
    let t = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  }

  /** A whole number from 0 (included) to `limit` (excluded). */
  below(limit: number): number {
    return Math.floor(this.next() * limit);
  }

  /** The same items in an order drawn by lot. */
  shuffled<T>(items: readonly T[]): T[] {
    const left = [...items];
    const out: T[] = [];
    while (left.length > 0) out.push(...left.splice(this.below(left.length), 1));
    return out;
  }

  /**
   * The order in which Go walks a map made of `items` one after the other: up to eight lie in one group and are walked
   * from a slot drawn by lot; more lie as their hashes say. Upstream: internal/runtime/maps/table.go `Iter.Next`.
   */
  mapOrder<T>(items: readonly T[]): T[] {
    if (items.length > mapGroupSlots) return this.shuffled(items);
    const start = this.below(mapGroupSlots);
    return [...items.slice(start), ...items.slice(0, start)];
  }

  /** `length` characters of `alphabet`. */
  text(length: number, alphabet: string): string {
    const codes = new Array<number>(length);
    for (let i = 0; i < length; i++) codes[i] = alphabet.charCodeAt(this.below(alphabet.length));
    return String.fromCharCode(...codes);
  }
}

/** internal/abi/map.go `MapGroupSlots` */
const mapGroupSlots = 8;

/** FNV-1a, 32 bits, with a final mix. */
function hash(text: string): number {
  let h = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193);
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  return (h ^ (h >>> 13)) | 0;
}
