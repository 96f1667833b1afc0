import type { CheckOptions } from '@/checker/options';
import type { Finding } from '@/checker/finding';
import { askServer, resultOf } from '@/checker/server-answer';
import { atOnce } from '@/checker/steps';
import { findWorld } from '@/course/worlds';
import { provideUncommon } from '@/kubernetes/uncommon';
import type { Range } from '@/manifest/manifest';
import { Positions } from '@/manifest/positions';

// A page fetches these when a text mentions them.
provideUncommon();

/** Everything but the forecast. */
export function findingsOf(text: string, options: Partial<CheckOptions> = {}): readonly Finding[] {
  const world = findWorld('lab-4');
  if (!world) throw new Error('no world');
  const all = { world, ...options };
  return resultOf(atOnce(askServer(text, all)), all).findings;
}

/** The characters that a range means. */
export function textIn(text: string, { start, end }: Range): string {
  const positions = new Positions(text);
  return text.slice(positions.offset(start), positions.offset(end));
}
