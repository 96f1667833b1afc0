import { speakers } from '@/checker/finding';
import type { Strings } from '../strings';
import type { Answer } from './answer';

/** One sentence on the whole: the first who refuses it, or that nobody does. Before the forecast is there, so far. */
export function verdictOf({ findings, forecast }: Answer, t: Strings['check']['verdict']): string {
  if (forecast === 'reading') return t.reading;
  const refused = speakers.find((speaker) =>
    findings.some((finding) => finding.speaker === speaker && finding.severity === 'error'),
  );
  if (refused && refused !== 'nobody' && refused !== 'advice') return t[refused];
  if (refused || findings.some((finding) => finding.speaker === 'nobody')) return t.silent;
  if (forecast !== 'done') return t.soFar;
  return findings.some((finding) => finding.severity !== 'info') ? t.advice : t.fine;
}
