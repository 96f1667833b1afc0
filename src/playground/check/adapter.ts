import type { Finding } from '@/checker/finding';
import type { CheckOptions } from '@/checker/options';
import { askServer, resultOf } from '@/checker/server-answer';
import { inSlices, type Pacer } from '@/checker/steps';
import { mentionsMissingKind, provideKinds } from '@/kubernetes/api/registry';
import type { Range } from '@/manifest/manifest';
import type { Marker } from '../editor/marker';
import type { Strings } from '../strings';

/** A finding of the checker, and the mark it leaves in the text. */
export interface Shown {
  readonly id: string;
  readonly finding: Finding;
  readonly marker: Marker;
}

/** How far the check is: nothing is known, the cluster is still to come, it is played on, all is done, or it cannot be had. */
export type ForecastStage = 'reading' | 'loading' | 'playing' | 'done' | 'missing';

/** What is known so far. */
export interface Answer {
  readonly found: readonly Shown[];
  readonly forecast: ForecastStage;
}

export const nothingYet: Answer = { found: [], forecast: 'reading' };

/**
 * Checks a text, telling what is known as soon as it is: first what the API server and a colleague say, then what
 * happens on the cluster. The cluster is loaded only then. Tells nothing more once the pacer gives up.
 */
export async function checkText(
  text: string,
  options: CheckOptions,
  t: Strings,
  pacer: Pacer,
  tell: (answer: Answer) => void,
): Promise<void> {
  if (text.trim() === '') return tell(nothingYet);
  if (mentionsMissingKind(text)) {
    // The rules of kinds that few manifests hold; where they cannot be had, the rest is checked without.
    const kinds = await import('@/kubernetes/api/uncommon-kinds').catch(() => undefined);
    if (kinds) provideKinds(kinds.uncommonKindDefinitions);
  }
  const answer = await inSlices(askServer(text, options), pacer);
  if (!answer) return;
  const first = shown(resultOf(answer, options).findings, text, t);
  if (!answer.submissions.some((one) => one.accepted)) return tell({ found: first, forecast: 'done' });
  tell({ found: first, forecast: 'loading' });
  // The first answer is on the screen before the rest is fetched.
  if (!(await pacer.pause())) return;
  const later = await import('./forecast').catch(() => undefined);
  if (!(await pacer.pause())) return;
  if (!later) return tell({ found: first, forecast: 'missing' });
  tell({ found: first, forecast: 'playing' });
  const troubles = await inSlices(later.forecast(answer, { ...options, images: later.courseImages() }), pacer);
  if (troubles) tell({ found: shown(resultOf(answer, options, troubles).findings, text, t), forecast: 'done' });
}

function shown(findings: readonly Finding[], text: string, t: Strings): Shown[] {
  const lines = text.split('\n');
  return findings.map((finding, i) => {
    const id = `f${i}`;
    const { severity, message, fixes } = finding;
    const source = t.check.speakers[finding.speaker];
    return { id, finding, marker: { id, range: firstLine(finding.range, lines), severity, message, source, fixes } };
  });
}

/** A finding about a whole object marks its first line: a page full of waves shows nothing. */
function firstLine(range: Range, lines: readonly string[]): Range {
  if (range.end.line === range.start.line) return range;
  const line = lines[range.start.line] ?? '';
  return { start: range.start, end: { line: range.start.line, character: line.trimEnd().length } };
}
