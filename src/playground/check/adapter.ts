import type { Finding } from '@/checker/finding';
import type { CheckOptions } from '@/checker/options';
import { askServer, resultOf } from '@/checker/server-answer';
import { inSlices, type Pacer } from '@/checker/steps';
import { mentionsMissingKind } from '@/kubernetes/api/registry';
import { type Answer, nothingYet } from './answer';

/**
 * Checks a text, telling what is known as soon as it is: first what the API server and a colleague say, then what
 * happens on the cluster. The cluster is loaded only then. Tells nothing more once the pacer gives up.
 */
export async function checkText(
  text: string,
  options: CheckOptions,
  pacer: Pacer,
  tell: (answer: Answer) => void,
): Promise<void> {
  if (text.trim() === '') return tell(nothingYet);
  if (mentionsMissingKind(text)) {
    // The rules of kinds that few manifests hold; where they cannot be had, the rest is checked without.
    const uncommon = await import('@/kubernetes/uncommon').catch(() => undefined);
    uncommon?.provideUncommon();
  }
  const answer = await inSlices(askServer(text, options), pacer);
  if (!answer) return;
  const first: readonly Finding[] = resultOf(answer, options).findings;
  if (!answer.submissions.some((one) => one.accepted)) return tell({ findings: first, forecast: 'done' });
  tell({ findings: first, forecast: 'loading' });
  // The first answer is on the screen before the rest is fetched.
  if (!(await pacer.pause())) return;
  const later = await import('./forecast').catch(() => undefined);
  if (!(await pacer.pause())) return;
  if (!later) return tell({ findings: first, forecast: 'missing' });
  tell({ findings: first, forecast: 'playing' });
  const troubles = await inSlices(later.forecast(answer, { ...options, images: later.courseImages() }), pacer);
  if (troubles) tell({ findings: resultOf(answer, options, troubles).findings, forecast: 'done' });
}
