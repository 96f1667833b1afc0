import type { Decision, Fact } from '../component';
import type { AttemptData, NodeVerdict, PluginVerdict, PreemptionData, QueueMoveData } from './decision-data';
import { type KubeObject, referenceTo } from '../api/object';
import type { CycleResult } from './cycle';
import type { Refusal } from './framework/plugin';
import type { NodeInfo } from './framework/node-info';
import type { PodInfo } from './framework/pod-info';
import type { Snapshot } from './framework/snapshot';
import type { PostFilterResult } from './preemption/default-preemption';
import type { QueuedPod, QueueName } from './queue/queued-pod';

/** A decision before the log has added when it was made. */
/** A decision as it is written down, before the moment is known. */
export type Unrecorded = Omit<Decision, 'at' | 'revision'>;

/** Above these, only the text is kept: a table would cost more than the cycle. */
const nodesInFailure = 50;
const nodesInSuccess = 20;

/** The decision of one attempt, with everything a reader may ask about it. */
export function explainAttempt(
  pod: PodInfo,
  snapshot: Snapshot,
  result: CycleResult,
  outcome: { readonly message?: string; readonly postFilter?: PostFilterResult },
): Unrecorded {
  const found = result.kind === 'found';
  const small = snapshot.nodes.length <= (found ? nodesInSuccess : nodesInFailure);
  const nodes =
    small && result.kind !== 'no-nodes' ? snapshot.nodes.map((node) => row(node, result, outcome.postFilter)) : [];
  const candidate = outcome.postFilter?.candidate;
  const data: AttemptData = {
    kind: 'attempt',
    ...(found ? { node: result.node } : { message: outcome.message ?? '' }),
    nodes,
    scores: found && small ? scoreTable(result.scores) : {},
    ...(candidate ? { nominatedNodeName: candidate.node, victims: candidate.pods.map((victim) => victim.key) } : {}),
  };
  return {
    component: 'kube-scheduler',
    subject: referenceTo(pod.pod),
    verdict: found ? `assigned to ${result.node}` : (outcome.message ?? ''),
    because: [
      ...nodes.flatMap((one) => one.because),
      ...(found && small ? choiceFacts(result) : []),
      ...notSimulated(pod),
    ],
    data,
  };
}

/** What a real scheduler would have looked at besides. */
function notSimulated({ pod }: PodInfo): Fact[] {
  if (!pod.spec.resourceClaims?.length) return [];
  const text = 'resourceClaims were not looked at: dynamic resource allocation is not simulated here';
  return [{ text, about: [referenceTo(pod)] }];
}

function row(
  node: NodeInfo,
  result: Exclude<CycleResult, { kind: 'no-nodes' }>,
  postFilter?: PostFilterResult,
): NodeVerdict {
  const { diagnosis, filters } = result;
  const named = filters.nodeNames === undefined || filters.nodeNames.has(node.name);
  const refusal: Refusal | undefined =
    diagnosis.preFilter ?? diagnosis.refused.get(node.name) ?? (named ? undefined : diagnosis.others);
  const preemption = postFilter?.considered.get(node.name)?.reasons;
  let asked = !diagnosis.preFilter && named;
  const plugins = filters.verdicts(node).map(({ plugin, refusal: word }): PluginVerdict => {
    const verdict = !asked ? 'not asked' : word ? 'refused' : 'passed';
    if (word) asked = false;
    return { plugin, verdict, reasons: word?.reasons ?? [] };
  });
  return {
    node: node.name,
    ...(refusal ? { refusedBy: refusal.plugin } : {}),
    reasons: refusal?.reasons ?? [],
    resolvable: refusal?.resolvable ?? true,
    because: refusal ? filters.because(refusal.plugin, node) : [],
    plugins,
    ...(preemption ? { preemption } : {}),
  };
}

function scoreTable(scores: Extract<CycleResult, { kind: 'found' }>['scores']): AttemptData['scores'] {
  return Object.fromEntries(scores.map(({ node, byPlugin, total }) => [node.name, { ...byPlugin, total }]));
}

function choiceFacts({ scores, node, feasible }: Extract<CycleResult, { kind: 'found' }>): Fact[] {
  if (feasible.length === 1) return [{ text: `${node} was the only node that no plugin refused` }];
  const totals = scores.map((one) => `${one.node.name} ${one.total}`).join(', ');
  return [{ text: `scores: ${totals}` }];
}

/** Why a Pod was moved to another queue: what happened, and to what. */
export function explainMove(
  queued: QueuedPod,
  event: string,
  queue: QueueName,
  cause: KubeObject | undefined,
): Unrecorded {
  const gates = queued.pod.spec.schedulingGates ?? [];
  const data: QueueMoveData = { kind: 'queue-move', event, queue };
  return {
    component: 'kube-scheduler',
    subject: referenceTo(queued.pod),
    verdict: `moved to the ${queue} queue`,
    because: [
      { text: event, about: cause ? [referenceTo(cause)] : [] },
      ...(queued.gated ? [{ text: `waiting for scheduling gates: ${gates.map((gate) => gate.name).join(', ')}` }] : []),
    ],
    data,
  };
}

/** Why a Pod has to go: another one, more important, needs its place. */
export function explainPreemption(victim: PodInfo, preemptor: PodInfo, node: string): Unrecorded {
  const data: PreemptionData = { kind: 'preemption', preemptor: preemptor.key, node };
  const about = [referenceTo(preemptor.pod), referenceTo(victim.pod)];
  return {
    component: 'kube-scheduler',
    subject: referenceTo(victim.pod),
    verdict: `preempted by Pod ${preemptor.key}`,
    because: [
      {
        text: `Pod ${preemptor.key} has priority ${preemptor.priority}, this Pod ${victim.priority}, and ${node} has no room for both`,
        about,
      },
    ],
    data,
  };
}
