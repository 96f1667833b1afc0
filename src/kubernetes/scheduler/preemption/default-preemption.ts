import type { Filters } from '../filters';
import { type Diagnosis, fitErrorText } from '../fit-error';
import type { NodeInfo } from '../framework/node-info';
import { isRefusal, type Refusal } from '../framework/plugin';
import type { Snapshot } from '../framework/snapshot';
import { noClaimsToDeallocate, stateNotFound } from '../plugins/dynamic-resources';
import { type Candidate, selectCandidate } from './select-candidate';
import { notHelpful, selectVictims } from './victims';

/** What the post-filters made of a Pod that fits nowhere. */
export interface PostFilterResult {
  /** Appended to the refusal's text; empty after a successful preemption. */
  readonly message: string;
  /** The node to make room on, and by whose loss. */
  readonly candidate?: Candidate;
  /** Nodes on which eviction was thought through, with what came of it. */
  readonly considered: ReadonlyMap<string, Refusal>;
  /** Preemption was not thought of at all, so a nomination from an earlier attempt stays. */
  readonly keepsNomination?: boolean;
}

// pkg/scheduler/framework/plugins/defaultpreemption/default_preemption.go `PodEligibleToPreemptOthers`
const neverPreempts = 'not eligible due to preemptionPolicy=Never.';
const alreadyPreempting = 'not eligible due to a terminating pod on the nominated node.';

/** Of more than a thousand nodes a tenth is tried, and never fewer than a hundred. `GetOffsetAndNumCandidates` */
function candidatesWanted(nodes: number): number {
  return Math.min(nodes, Math.max(Math.trunc(nodes / 10), 100));
}

/**
 * PostFilter of DynamicResources and DefaultPreemption, in that order.
 * `draw(n)` gives a number below `n`: where in a large cluster the search begins. `mixed` puts candidates into the order
 * in which equal ones are taken.
 * Upstream: pkg/scheduler/framework/preemption/preemption.go `Preempt`
 */
export function postFilter(
  snapshot: Snapshot,
  filters: Filters,
  diagnosis: Diagnosis,
  draw: (limit: number) => number = () => 0,
  mixed: (candidates: Candidate[]) => readonly Candidate[] = (candidates) => candidates,
): PostFilterResult {
  if (diagnosis.preFilter) return { message: stateNotFound, considered: new Map(), keepsNomination: true };
  const refusedWith = (inner: string, considered = new Map<string, Refusal>(), keepsNomination = false) => ({
    message: `${noClaimsToDeallocate}, preemption: ${inner}`,
    considered,
    keepsNomination,
  });
  const why = ineligibility(snapshot, filters, diagnosis);
  if (why) return refusedWith(why, undefined, true);

  const names = snapshot.nodes.map((node) => node.name);
  const hopeful = snapshot.nodes.filter((node) => diagnosis.refused.get(node.name)?.resolvable);
  const { candidates, considered } = dryRun(hopeful, snapshot, filters, draw);
  const candidate = selectCandidate(mixed(candidates));
  if (!candidate) {
    const inner = fitErrorText(names, { refused: considered, others: notHelpful });
    return refusedWith(inner, considered);
  }
  return { message: '', candidate, considered };
}

function dryRun(nodes: readonly NodeInfo[], snapshot: Snapshot, filters: Filters, draw: (limit: number) => number) {
  const budgets = snapshot.objects.list('poddisruptionbudgets.policy');
  const enough = candidatesWanted(nodes.length);
  const offset = nodes.length > 100 ? draw(nodes.length) : 0;
  const candidates: Candidate[] = [];
  const considered = new Map<string, Refusal>();
  for (let i = 0; i < nodes.length && candidates.length < enough; i++) {
    const node = nodes[(offset + i) % nodes.length];
    if (!node) continue;
    const outcome = selectVictims(node, filters, budgets);
    if (isRefusal(outcome)) considered.set(node.name, outcome);
    else candidates.push({ node: node.name, ...outcome });
  }
  return { candidates, considered };
}

function ineligibility(snapshot: Snapshot, { pod }: Filters, diagnosis: Diagnosis): string | undefined {
  if (pod.pod.spec.preemptionPolicy === 'Never') return neverPreempts;
  const nominated = pod.pod.status.nominatedNodeName;
  if (!nominated) return undefined;
  const refusal = diagnosis.refused.get(nominated) ?? diagnosis.others;
  if (refusal && !refusal.resolvable) return undefined;
  const waiting = snapshot.node(nominated)?.pods.some((other) => {
    const { deletionTimestamp } = other.pod.metadata;
    const condition = other.pod.status.conditions?.find((one) => one.type === 'DisruptionTarget');
    const preempted = condition?.status === 'True' && condition.reason === 'PreemptionByScheduler';
    return other.priority < pod.priority && deletionTimestamp !== undefined && preempted;
  });
  return waiting ? alreadyPreempting : undefined;
}
