import type { Finding } from '@/checker/finding';
import type { Range } from '@/manifest/manifest';
import type { LessonLink, Marker } from '../editor/marker';
import type { Strings } from '../strings';
import { type ErrorLink, errorLinkOfFinding } from '../why/error-link';

/** A finding of the checker, and the mark it leaves in the text. */
export interface Shown {
  readonly id: string;
  readonly finding: Finding;
  readonly marker: Marker;
}

/** The lessons of the site by their ids: `l05`. */
export type Lessons = Readonly<Record<string, LessonLink>>;

/** Findings as the page shows them. */
export function shown(
  findings: readonly Finding[],
  text: string,
  t: Strings,
  lessons: Lessons = {},
  errors: readonly ErrorLink[] = [],
): Shown[] {
  const lines = text.split('\n');
  return findings.map((finding, i) => {
    const id = `f${i}`;
    const { severity, message, fixes, speaker, range } = finding;
    const lesson = finding.lesson === undefined ? undefined : lessons[finding.lesson];
    const page = errorLinkOfFinding(finding, errors);
    const marker = { id, range: firstLine(range, lines), severity, message, source: t.check.speakers[speaker], fixes };
    return { id, finding, marker: { ...marker, ...(lesson ? { lesson } : {}), ...(page ? { page } : {}) } };
  });
}

/** A finding about a whole object marks its first line: a page full of waves shows nothing. */
function firstLine(range: Range, lines: readonly string[]): Range {
  if (range.end.line === range.start.line) return range;
  const line = lines[range.start.line] ?? '';
  return { start: range.start, end: { line: range.start.line, character: line.trimEnd().length } };
}
