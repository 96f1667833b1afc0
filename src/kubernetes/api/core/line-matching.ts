// Upstream: github.com/pmezard/go-difflib/difflib SequenceMatcher
/** `size` lines that are equal from line `a` of the one text and line `b` of the other. */
export interface Block {
  readonly a: number;
  readonly b: number;
  readonly size: number;
}

type Positions = ReadonlyMap<string, readonly number[]>;

/** The longest equal run first, then the same to its left and to its right; closed by an empty block at the end. */
export function matchingBlocks(before: readonly string[], after: readonly string[]): Block[] {
  const positions = positionsOf(after);
  const found: Block[] = [];
  const match = (a0: number, a1: number, b0: number, b1: number): void => {
    const block = longestMatch(before, after, positions, [a0, a1, b0, b1]);
    if (block.size === 0) return;
    if (a0 < block.a && b0 < block.b) match(a0, block.a, b0, block.b);
    found.push(block);
    const [a, b] = [block.a + block.size, block.b + block.size];
    if (a < a1 && b < b1) match(a, a1, b, b1);
  };
  match(0, before.length, 0, after.length);
  return [...joined(found), { a: before.length, b: after.length, size: 0 }];
}

function joined(blocks: readonly Block[]): Block[] {
  const out: Block[] = [];
  for (const block of blocks) {
    const last = out.at(-1);
    if (last && last.a + last.size === block.a && last.b + last.size === block.b) {
      out[out.length - 1] = { ...last, size: last.size + block.size };
    } else {
      out.push(block);
    }
  }
  return out;
}

/** Where each line stands; in a text of two hundred lines or more, lines that fill over a hundredth of it start no run. */
function positionsOf(lines: readonly string[]): Positions {
  const positions = new Map<string, number[]>();
  lines.forEach((line, i) => {
    const known = positions.get(line);
    if (known) known.push(i);
    else positions.set(line, [i]);
  });
  if (lines.length >= 200) {
    const popular = Math.trunc(lines.length / 100) + 1;
    for (const [line, known] of positions) if (known.length > popular) positions.delete(line);
  }
  return positions;
}

function longestMatch(
  before: readonly string[],
  after: readonly string[],
  positions: Positions,
  [a0, a1, b0, b1]: readonly [number, number, number, number],
): Block {
  let [a, b, size] = [a0, b0, 0];
  let lengths = new Map<number, number>();
  for (let i = a0; i < a1; i++) {
    const next = new Map<number, number>();
    for (const j of positions.get(before[i] ?? '') ?? []) {
      if (j < b0) continue;
      if (j >= b1) break;
      const length = (lengths.get(j - 1) ?? 0) + 1;
      next.set(j, length);
      if (length > size) [a, b, size] = [i - length + 1, j - length + 1, length];
    }
    lengths = next;
  }
  while (a > a0 && b > b0 && before[a - 1] === after[b - 1]) [a, b, size] = [a - 1, b - 1, size + 1];
  while (a + size < a1 && b + size < b1 && before[a + size] === after[b + size]) size++;
  return { a, b, size };
}
