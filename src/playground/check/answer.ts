import type { Finding } from '@/checker/finding';
import type { WorldFile } from '@/kubernetes/world';

/** How far the check is: nothing is known, the cluster is still to come, it is played on, all is done, or it cannot be had. */
export type ForecastStage = 'reading' | 'loading' | 'playing' | 'done' | 'missing';

/** What is known so far. */
export interface Answer {
  readonly findings: readonly Finding[];
  readonly forecast: ForecastStage;
}

export const nothingYet: Answer = { findings: [], forecast: 'reading' };

/** Checks a text for a world somewhere, and tells what is known whenever more is; ends when it is not `wanted` any more. */
export type Ask = (text: string, world: WorldFile, wanted: () => boolean, tell: (answer: Answer) => void) => void;
