import { speakers } from '@/checker/finding';
import type { Strings } from '../strings';
import type { Shown } from './adapter';

/** One sentence on the whole: the first who refuses it, or that nobody does. */
export function verdictOf(found: readonly Shown[], t: Strings['check']['verdict']): string {
  const refused = speakers.find((speaker) =>
    found.some(({ finding }) => finding.speaker === speaker && finding.severity === 'error'),
  );
  if (refused && refused !== 'nobody' && refused !== 'advice') return t[refused];
  if (refused || found.some(({ finding }) => finding.speaker === 'nobody')) return t.silent;
  return found.some(({ finding }) => finding.severity !== 'info') ? t.advice : t.fine;
}
