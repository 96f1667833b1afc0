import { matchingBlocks, type Block } from './line-matching';

// Upstream: staging/src/k8s.io/apimachinery/pkg/util/diff, github.com/pmezard/go-difflib
/**
 * What changed between two values, as upstream shows it: both in their internal form,
 * marshalled with an indent of one space, and the unified difference of the texts with three lines around each change.
 */
export function internalDiff(before: object, after: object): string {
  const lines = (value: object) => JSON.stringify(value, null, 1).split('\n');
  return unifiedDiff(lines(before), lines(after));
}

const context = 3;

/** Lines `from`…`to` of the text before, `fromNew`…`toNew` of the text after. */
interface Step {
  readonly same: boolean;
  readonly from: number;
  readonly to: number;
  readonly fromNew: number;
  readonly toNew: number;
}

/** Two texts by their lines, as `diff -u` prints them. */
export function unifiedDiff(before: readonly string[], after: readonly string[]): string {
  const print = ({ same, from, to, fromNew, toNew }: Step) =>
    same
      ? marked(' ', before.slice(from, to))
      : marked('-', before.slice(from, to)) + marked('+', after.slice(fromNew, toNew));
  return grouped(steps(matchingBlocks(before, after)))
    .map((group) => header(group) + group.map(print).join(''))
    .join('');
}

const marked = (mark: string, lines: readonly string[]) => lines.map((line) => `${mark}${line}\n`).join('');

function header(group: readonly Step[]): string {
  const [first, last] = [group[0], group.at(-1)];
  if (!first || !last) return '';
  return `@@ -${range(first.from, last.to)} +${range(first.fromNew, last.toNew)} @@\n`;
}

function range(from: number, to: number): string {
  const length = to - from;
  if (length === 1) return `${from + 1}`;
  return `${length === 0 ? from : from + 1},${length}`;
}

function steps(blocks: readonly Block[]): Step[] {
  const out: Step[] = [];
  let [i, j] = [0, 0];
  for (const { a, b, size } of blocks) {
    if (i < a || j < b) out.push({ same: false, from: i, to: a, fromNew: j, toNew: b });
    if (size) out.push({ same: true, from: a, to: a + size, fromNew: b, toNew: b + size });
    [i, j] = [a + size, b + size];
  }
  return out;
}

/** Changes with their surroundings; two changes with more than six equal lines between them stand apart. */
function grouped(all: readonly Step[]): Step[][] {
  const groups: Step[][] = [];
  let group: Step[] = [];
  all.forEach((step, i) => {
    if (!step.same) {
      group.push(step);
      return;
    }
    const [first, last] = [i === 0, i === all.length - 1];
    const head = { ...step, to: step.from + context, toNew: step.fromNew + context };
    const tail = { ...step, from: step.to - context, fromNew: step.toNew - context };
    const [leads, trails] = [step.to - step.from > context, step.to - step.from > 2 * context];
    if (first) {
      group.push(leads ? tail : step);
    } else if (last) {
      group.push(leads ? head : step);
    } else if (trails) {
      groups.push([...group, head]);
      group = [tail];
    } else {
      group.push(step);
    }
  });
  return [...groups, group].filter((steps) => steps.some(({ same }) => !same));
}
