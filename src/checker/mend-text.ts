import { applyEdits } from '@/manifest/apply-edits';
import type { CheckOptions } from './options';
import { askServer, resultOf } from './server-answer';
import { atOnce } from './steps';

/** A text with its fixes made, and what they were called, in order: `web.yaml:6: Take the quotes off`. */
export interface MendedText {
  readonly text: string;
  readonly made: readonly string[];
}

/** One fix may bring another finding to light, but not without end. */
const rounds = 100;

/** Makes every fix that the findings carry, one after the other. Nothing is played on a cluster for it. */
export function mendText(original: string, options: CheckOptions): MendedText {
  const made: string[] = [];
  const seen = new Set([original]);
  let text = original;
  for (let round = 0; round < rounds; round++) {
    const { findings } = resultOf(atOnce(askServer(text, options)), options);
    const next = findings
      .flatMap(({ file, range, fixes }) => fixes.map((fix) => ({ ...fix, place: `${file}:${range.start.line + 1}` })))
      .map(({ title, place, edits }) => ({ name: `${place}: ${title}`, text: applyEdits(text, edits) }))
      .find((one) => !seen.has(one.text));
    if (!next) break;
    ({ text } = next);
    seen.add(text);
    made.push(next.name);
  }
  return { text, made };
}
