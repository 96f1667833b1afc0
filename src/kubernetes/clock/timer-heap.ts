import type { Timer } from './clock';

function before(a: Timer, b: Timer): boolean {
  return a.at < b.at || (a.at === b.at && a.id < b.id);
}

/** Puts a timer into a heap: the first of it is the one that is due first. */
export function push(heap: Timer[], timer: Timer): void {
  let i = heap.length;
  heap.push(timer);
  while (i > 0) {
    const parent = (i - 1) >> 1;
    const above = heap[parent];
    if (!above || !before(timer, above)) break;
    heap[i] = above;
    i = parent;
  }
  heap[i] = timer;
}

/** Takes the first timer out. */
export function pop(heap: Timer[]): Timer | undefined {
  const top = heap[0];
  const last = heap.pop();
  if (!top || !last || heap.length === 0) return top;
  let i = 0;
  for (;;) {
    const left = heap[2 * i + 1];
    const right = heap[2 * i + 2];
    if (!left) break;
    const child = right && before(right, left) ? 2 * i + 2 : 2 * i + 1;
    const timer = child === 2 * i + 1 ? left : right;
    if (!timer || !before(timer, last)) break;
    heap[i] = timer;
    i = child;
  }
  heap[i] = last;
  return top;
}
