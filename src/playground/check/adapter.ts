import { check } from '@/checker/check';
import type { Finding } from '@/checker/finding';
import { courseImages } from '@/course/images';
import type { WorldFile } from '@/kubernetes/world';
import type { Range } from '@/manifest/manifest';
import type { Marker } from '../editor/marker';
import type { Strings } from '../strings';

/** A finding of the checker, and the mark it leaves in the text. */
export interface Shown {
  readonly id: string;
  readonly finding: Finding;
  readonly marker: Marker;
}

/** Checks a text for a world; nothing for an empty text. */
export function checkText(text: string, world: WorldFile | undefined, t: Strings, forecast?: number): Shown[] {
  if (text.trim() === '' || !world) return [];
  return check(text, { world, forecast, images: courseImages() }).findings.map((finding, i) => {
    const id = `f${i}`;
    const source = t.check.speakers[finding.speaker];
    return {
      id,
      finding,
      marker: {
        id,
        range: firstLine(finding.range, text),
        severity: finding.severity,
        message: finding.message,
        source,
      },
    };
  });
}

/** A finding about a whole object marks its first line: a page full of waves shows nothing. */
function firstLine(range: Range, text: string): Range {
  if (range.end.line === range.start.line) return range;
  const line = text.split('\n')[range.start.line] ?? '';
  return { start: range.start, end: { line: range.start.line, character: line.trimEnd().length } };
}
