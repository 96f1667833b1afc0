import type { Node, Pod } from '@/kubernetes/api/generated/core-v1';
import type { KubeObject } from '@/kubernetes/api/object';
import { findResource } from '@/kubernetes/api/registry';
import { parseLabelSelector } from '@/kubernetes/apiserver/label-selector';
import type { Task } from '@/kubernetes/clock/task';
import type { CommandDefinition } from '../command-tree';
import { drainPlan } from '../drain/pods';
import { removePods } from '../drain/evict';
import { KubectlError, SeveralErrors, throwAll } from '../errors';
import { bool, duration, int, string } from '../flags/flag';
import { dryRunFlag, selectorFlag } from '../flags/global-flags';
import type { Invocation } from '../invocation';
import { dryRunOf, dryRunSuffix } from '../options';
import { resultLine } from '../output/printer';
import { asError, errorsOf, infosOf, namedEntries } from '../resource/builder';
import { gvrText, mappingFor } from '../resource/mapping';
import { typedAs } from '../resource/typed';

function nodesOf(invocation: Invocation): KubeObject[] {
  const { flags } = invocation;
  const selector = flags.string('selector');
  if (flags.args.length === 0 && !flags.changed('selector')) {
    throw invocation.usage(`USAGE: ${invocation.path.split(' ').pop() ?? ''} NODE [flags]`);
  }
  if (flags.args.length > 0 && selector !== '') {
    throw invocation.usage('error: cannot specify both a node name and a --selector option');
  }
  const pods = flags.has('pod-selector') ? flags.string('pod-selector') : '';
  if ('problem' in parseLabelSelector(pods)) {
    throw new KubectlError('--pod-selector=<pod_selector> must be a valid label selector');
  }
  for (const word of flags.args) {
    const [type = '', name] = word.split('/');
    const mapping = name === undefined ? undefined : mappingFor(type, invocation.minor);
    if (!mapping || mapping.name === 'nodes') continue;
    throwAll(errorsOf(namedEntries(invocation, { words: [word] })));
    throw new KubectlError(`error: expected resource of type node, got "${gvrText(mapping)}"`);
  }
  const names = flags.args.map((word) => word.replace(/^nodes?\//, ''));
  const entries = namedEntries(invocation, { words: ['nodes', ...names], selector });
  throwAll(errorsOf(entries));
  return infosOf(entries).map((info) => info.object);
}

/** Upstream: kubectl/pkg/cmd/drain/drain.go `RunCordonOrUncordon`. */
function cordonAll(invocation: Invocation, desired: boolean): KubeObject[] {
  const dryRun = dryRunOf(invocation);
  const mapping = findResource('nodes', '');
  const nodes = nodesOf(invocation);
  for (const object of nodes) {
    // The resource read is that of Nodes.
    const { spec } = typedAs<Node>(object);
    if ((spec.unschedulable ?? false) === desired) {
      invocation.out(resultLine(object, desired ? 'already cordoned' : 'already uncordoned', dryRunSuffix(dryRun)));
      continue;
    }
    if (mapping && dryRun !== 'client') {
      invocation.request('patch', mapping, {
        name: object.metadata.name,
        body: { spec: { unschedulable: desired ? true : null } },
        patchType: 'strategic',
        ...(dryRun === 'server' ? { dryRun: true } : {}),
      });
    }
    invocation.out(resultLine(object, desired ? 'cordoned' : 'uncordoned', dryRunSuffix(dryRun)));
  }
  return nodes;
}

export const cordon: CommandDefinition = {
  name: 'cordon',
  short: 'Mark node as unschedulable',
  flags: [dryRunFlag, selectorFlag],
  *run(invocation): Task<void> {
    cordonAll(invocation, true);
  },
};

export const uncordon: CommandDefinition = {
  name: 'uncordon',
  short: 'Mark node as schedulable',
  flags: [dryRunFlag, selectorFlag],
  *run(invocation): Task<void> {
    cordonAll(invocation, false);
  },
};

export const drain: CommandDefinition = {
  name: 'drain',
  short: 'Drain node in preparation for maintenance',
  flags: [
    dryRunFlag,
    selectorFlag,
    string('pod-selector'),
    bool('force'),
    bool('ignore-daemonsets'),
    bool('delete-emptydir-data'),
    bool('disable-eviction'),
    int('grace-period', -1),
    duration('timeout'),
    int('skip-wait-for-delete-timeout'),
    int('chunk-size', 500, 'int64'),
  ],
  run: runDrain,
};

function* runDrain(invocation: Invocation): Task<void> {
  const nodes = cordonAll(invocation, true);
  const dryRun = dryRunOf(invocation);
  const drained = new Set<string>();
  const failures: Error[] = [];
  for (const node of nodes) {
    const { name } = node.metadata;
    try {
      const plan = drainPlan(invocation, name);
      if (plan.warnings) invocation.err(`Warning: ${plan.warnings}\n`);
      if (dryRun === 'none') yield* removeFrom(invocation, name, plan.pods);
      else
        for (const pod of plan.pods)
          invocation.out(`evicting pod ${pod.metadata.namespace ?? ''}/${pod.metadata.name}${dryRunSuffix(dryRun)}\n`);
      drained.add(name);
      invocation.out(resultLine(node, 'drained', dryRunSuffix(dryRun)));
    } catch (error) {
      const failure = asDrainError(error);
      failures.push(failure);
      invocation.err(`error: unable to drain node "${name}" due to error: ${failure.message}, continuing command...\n`);
    }
  }
  if (failures.length === 0) return;
  invocation.err('There are pending nodes to be drained:\n');
  for (const { metadata } of nodes) if (!drained.has(metadata.name)) invocation.err(` ${metadata.name}\n`);
  throw new SeveralErrors(failures);
}

function* removeFrom(invocation: Invocation, node: string, pods: readonly Pod[]): Task<void> {
  try {
    yield* removePods(invocation, pods);
  } catch (error) {
    const failure = asDrainError(error);
    // Somebody else may have taken them away by now.
    const { pods: pending } = drainPlan(invocation, node);
    if (pending.length > 0)
      invocation.err(`There are pending pods in node "${node}" when an error occurred: ${failure.message}\n`);
    for (const pod of pending) invocation.err(`pod/${pod.metadata.name}\n`);
    throw failure;
  }
}

function asDrainError(error: unknown): Error {
  return error instanceof SeveralErrors ? error : new SeveralErrors([asError(error)]);
}
