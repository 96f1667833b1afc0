import { deepEqual } from '@/kubernetes/api/object';
import type { PodResult, SchedulingResult, SeenEvent } from './scheduling-case';

/** Times of the recordings are good to this many seconds. */
const timeTolerance = 0.03;

/** Adds a line when two values are not the same. */
function compare(lines: string[], what: string, wanted: unknown, got: unknown): void {
  if (!deepEqual(wanted, got)) lines.push(`${what}: wanted ${JSON.stringify(wanted)}, got ${JSON.stringify(got)}`);
}

/** Where the engine's answer about one Pod differs from the recording. */
export function compareSingle(wanted: SchedulingResult, got: SchedulingResult): string[] {
  const lines: string[] = [];
  compare(lines, 'code', wanted.code, got.code);
  compare(lines, 'error', wanted.error, got.error);
  compareNode(lines, wanted, got);
  compare(lines, 'reason', wanted.reason, got.reason);
  compare(lines, 'message', wanted.message, got.message);
  compare(lines, 'event', wanted.event, got.event);
  compareScores(lines, wanted.scores, got.scores);
  comparePreemption(lines, wanted, got);
  return lines;
}

/**
 * Real filters run side by side, so a tie may go to any of the best nodes; the recording lists those it saw. A node
 * outside the best is wrong whatever the pass.
 */
function compareNode(lines: string[], wanted: SchedulingResult, got: SchedulingResult): void {
  if (wanted.node === got.node) return;
  const totals = Object.entries(wanted.scores ?? {}).map(([node, { total = 0 }]) => ({ node, total }));
  const highest = Math.max(...totals.map(({ total }) => total));
  const best = totals.filter(({ total }) => total === highest).map(({ node }) => node);
  const allowed = [...(wanted.nodes ?? []), ...(wanted.node === undefined ? [] : best)];
  if (got.node === undefined || !allowed.includes(got.node)) compare(lines, 'node', wanted.node, got.node);
}

function compareScores(
  lines: string[],
  wanted: SchedulingResult['scores'] = {},
  got: SchedulingResult['scores'] = {},
): void {
  for (const node of new Set([...Object.keys(wanted), ...Object.keys(got)])) {
    for (const plugin of new Set([...Object.keys(wanted[node] ?? {}), ...Object.keys(got[node] ?? {})])) {
      compare(lines, `score of ${node} by ${plugin}`, wanted[node]?.[plugin], got[node]?.[plugin]);
    }
  }
}

/** Among candidates that are equal in everything a real cluster draws; `alternatives` lists what was seen. */
function comparePreemption(lines: string[], wanted: SchedulingResult, got: SchedulingResult): void {
  const chosen = Object.keys(got.victims ?? {}).sort();
  const drawn = (wanted.alternatives ?? []).some(
    (one) =>
      'victims' in one && one.nominatedNodeName === got.nominatedNodeName && deepEqual([...one.victims].sort(), chosen),
  );
  if (!drawn || wanted.nominatedNodeName === got.nominatedNodeName) {
    compare(lines, 'nominatedNodeName', wanted.nominatedNodeName, got.nominatedNodeName);
    compare(lines, 'victims', wanted.victims, got.victims);
    return;
  }
  const texts = (result: SchedulingResult) =>
    new Set(Object.values(result.victims ?? {}).map(({ condition, event }) => `${condition} | ${withoutNode(event)}`));
  compare(lines, 'texts about victims', [...texts(wanted)], [...texts(got)]);
}

function withoutNode(event: string): string {
  return event.replace(/ on node \S+$/, ' on node …');
}

/** Where the placements of several Pods differ; `alternatives` are other placements that were seen. */
export function compareSequence(wanted: SchedulingResult, got: readonly PodResult[]): string[] {
  const recorded = wanted.sequence ?? [];
  const placed = got.map(({ node }) => node ?? null);
  const drawn = (wanted.alternatives ?? []).some((one) => Array.isArray(one) && deepEqual(one, placed));
  const lines: string[] = [];
  compare(lines, 'number of Pods', recorded.length, got.length);
  for (const [i, result] of recorded.entries()) {
    if (!drawn) compare(lines, `node of Pod ${i}`, result.node, got[i]?.node);
    if (result.node === undefined && got[i]?.node === undefined) {
      compare(lines, `reason of Pod ${i}`, result.reason, got[i]?.reason);
      compare(lines, `message of Pod ${i}`, result.message, got[i]?.message);
    }
  }
  return lines;
}

/** Where attempts, moves between queues and events differ, in what happened or when. */
export function compareRequeue(wanted: SchedulingResult, got: SchedulingResult): string[] {
  const lines: string[] = [];
  compareTimed(lines, 'attempt', wanted.attempts ?? [], got.attempts ?? []);
  compareTimed(lines, 'queue move', wanted.queue_moves ?? [], got.queue_moves ?? []);
  compareTimed(lines, 'event', ordered(wanted.events ?? []), ordered(got.events ?? []));
  compare(lines, 'final', wanted.final, got.final);
  return lines;
}

/** Events of different Pods within one second may come in any order. */
function ordered(events: readonly SeenEvent[]): SeenEvent[] {
  return [...events].sort((a, b) => (a.pod === b.pod ? 0 : a.pod < b.pod ? -1 : 1));
}

function compareTimed<T extends { readonly t: number }>(
  lines: string[],
  what: string,
  wanted: readonly T[],
  got: readonly T[],
): void {
  if (wanted.length !== got.length) lines.push(`${what}s: wanted ${wanted.length}, got ${got.length}`);
  for (let i = 0; i < Math.max(wanted.length, got.length); i++) {
    const { t, ...rest } = wanted[i] ?? { t: Number.NaN };
    const { t: time, ...others } = got[i] ?? { t: Number.NaN };
    compare(lines, `${what} ${i}`, rest, others);
    if (Math.abs(t - time) > timeTolerance + 1e-9) lines.push(`${what} ${i}: wanted at ${t} s, got at ${time} s`);
  }
}
