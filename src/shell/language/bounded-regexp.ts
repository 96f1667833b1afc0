import { type Program, compile } from './regexp-program';

/** Most steps that the browser's own matcher may be expected to need for one text. */
const mostSteps = 20_000_000;
/** However it is written, an expression has few ways through a text as short as this. */
const harmless = 16;
/** Most places (of the expression, times of the text) that are remembered. */
const mostPlaces = 50_000_000;

/**
 * A regular expression that cannot run away: where the browser's matcher, which tries every way, could need more than a
 * moment, the text is searched with a memory of what has failed, in a time that grows with the text alone. The result is
 * the same. Throws a RangeError for what is too large even so.
 */
export class BoundedRegExp extends RegExp {
  private program: Program | undefined;

  override exec(text: string): RegExpExecArray | null {
    if (text.length <= harmless) return super.exec(text);
    this.program ??= compile(this.source, this.ignoreCase);
    const { repeats, nested, steps, groups } = this.program;
    if (!nested && ways(text.length, repeats + 1) <= mostSteps) return super.exec(text);
    if (!steps || steps.length * (text.length + 1) > mostPlaces)
      throw new RangeError('regular expression too large for this text');
    const moving = this.global || this.sticky;
    const from = moving ? this.lastIndex : 0;
    const found = from > text.length ? undefined : search(steps, text, from, this.sticky);
    if (moving) this.lastIndex = found ? (found[1] ?? 0) : 0;
    if (!found) return null;
    const parts = Array.from({ length: groups + 1 }, (_, i) => {
      const [start, end] = [found[2 * i], found[2 * i + 1]];
      return start === undefined || end === undefined ? undefined : text.slice(start, end);
    });
    const result: (string | undefined)[] = parts;
    // What `exec` answers is a list with three properties more; groups that took no part are undefined in it.
    return Object.assign(result, { index: found[0] ?? 0, input: text, groups: undefined }) as RegExpExecArray;
  }
}

/** How many ways there are to cut a text at `cuts` places, about. */
function ways(length: number, cuts: number): number {
  let count = 1;
  for (let i = 0; i < cuts; i++) count *= Math.max(1, length - i) / (i + 1);
  return count;
}

/** The first match: the places where each group begins and ends. A place that failed once is not tried again. */
function search(
  steps: NonNullable<Program['steps']>,
  text: string,
  from: number,
  here: boolean,
): (number | undefined)[] | undefined {
  const width = text.length + 1;
  const failed = new Uint8Array(steps.length * width);
  for (let start = from; start <= (here ? from : text.length); start++) {
    const open: { readonly step: number; readonly at: number; readonly slots: readonly (number | undefined)[] }[] = [
      { step: 0, at: start, slots: [] },
    ];
    for (let state = open.pop(); state; state = open.pop()) {
      let { step, at, slots } = state;
      for (;;) {
        if (failed[step * width + at] === 1) break;
        failed[step * width + at] = 1;
        const what = steps[step];
        if (!what) break;
        if (what.kind === 'end') return [...slots];
        if (what.kind === 'fork') {
          open.push({ step: what.second, at, slots });
          step = what.first;
        } else if (what.kind === 'save') {
          const next = [...slots];
          next[what.slot] = at;
          slots = next;
          step++;
        } else if (what.kind === 'look') {
          if (!what.holds(text, at)) break;
          step++;
        } else {
          if (at >= text.length || !what.takes(text.charAt(at))) break;
          at++;
          step++;
        }
      }
    }
  }
  return undefined;
}
