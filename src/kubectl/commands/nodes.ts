import type { Node, Pod } from '@/kubernetes/api/generated/core-v1';
import type { KubeObject } from '@/kubernetes/api/object';
import { findResource } from '@/kubernetes/api/registry';
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
import { typedAs } from '../resource/typed';

function nodesOf(invocation: Invocation): KubeObject[] {
  const { flags } = invocation;
  const selector = flags.string('selector');
  if (flags.args.length > 0 && selector !== '')
    throw new KubectlError('error: cannot specify both a node name and a --selector option');
  if (flags.args.length === 0 && selector === '')
    throw invocation.usage(`error: one of NODE or --selector must be specified`.replace(/^error: /, ''));
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
  usage: 'NODE',
  flags: [dryRunFlag, selectorFlag],
  *run(invocation): Task<void> {
    cordonAll(invocation, true);
  },
};

export const uncordon: CommandDefinition = {
  name: 'uncordon',
  short: 'Mark node as schedulable',
  usage: 'NODE',
  flags: [dryRunFlag, selectorFlag],
  *run(invocation): Task<void> {
    cordonAll(invocation, false);
  },
};

export const drain: CommandDefinition = {
  name: 'drain',
  short: 'Drain node in preparation for maintenance',
  usage: 'NODE',
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
    invocation.err(`There are pending pods in node "${node}" when an error occurred: ${failure.message}\n`);
    for (const pod of drainPlan(invocation, node).pods) invocation.err(`pod/${pod.metadata.name}\n`);
    throw failure;
  }
}

function asDrainError(error: unknown): Error {
  return error instanceof SeveralErrors ? error : new SeveralErrors([asError(error)]);
}

interface Taint {
  readonly key: string;
  readonly value?: string;
  readonly effect: string;
}

/** Upstream: kubectl/pkg/cmd/taint/taint.go. */
export const taint: CommandDefinition = {
  name: 'taint',
  short: 'Update the taints on one or more nodes',
  usage: 'NODE NAME KEY_1=VAL_1:TAINT_EFFECT_1 ... KEY_N=VAL_N:TAINT_EFFECT_N',
  flags: [dryRunFlag, selectorFlag, bool('all'), bool('overwrite'), string('output', 'o')],
  *run(invocation): Task<void> {
    const { flags } = invocation;
    const dryRun = dryRunOf(invocation);
    const specs = flags.args.filter((word, i) => i > 0 && isTaint(word));
    const words = flags.args.filter((word) => !specs.includes(word));
    if (words.length === 0)
      throw new KubectlError("at least one resource name must be specified since 'all' parameter is not set");
    if (!/^nodes?$|^no$/.test(words[0]?.split('/')[0] ?? ''))
      throw new KubectlError(`invalid resource type ${words[0] ?? ''}, only node types are supported`);
    if (specs.length === 0) throw new KubectlError('at least one taint update is required');
    const { add, remove } = readTaints(specs);
    const entries = namedEntries(invocation, { words, selector: flags.string('selector'), all: flags.bool('all') });
    throwAll(errorsOf(entries));
    for (const { object, mapping, name } of infosOf(entries)) {
      // The resource read is that of Nodes.
      const before = typedAs<Node>(object).spec.taints ?? [];
      const operation = operationOf(before, add, remove, flags.bool('overwrite'), name);
      const kept = before.filter(
        (one) => !add.some((other) => same(one, other)) && !remove.some((other) => removes(other, one)),
      );
      if (dryRun !== 'client') {
        invocation.request('patch', mapping, {
          name,
          patchType: 'merge',
          body: { spec: { taints: [...add, ...kept].length > 0 ? [...add, ...kept] : null } },
          ...(dryRun === 'server' ? { dryRun: true } : {}),
        });
      }
      invocation.out(resultLine(object, operation, dryRunSuffix(dryRun)));
    }
  },
};

function isTaint(word: string): boolean {
  return word.includes('=') || word.includes(':') || word.endsWith('-');
}

const effects = ['NoSchedule', 'PreferNoSchedule', 'NoExecute'];

/** `key=value:Effect`, `key:Effect`, `key-`, `key:Effect-`. Upstream: taint/utils.go `parseTaints`. */
function readTaints(specs: readonly string[]): { add: Taint[]; remove: Taint[] } {
  const add: Taint[] = [];
  const remove: Taint[] = [];
  for (const spec of specs) {
    const removal = spec.endsWith('-');
    const text = removal ? spec.slice(0, -1) : spec;
    const [pair = '', effect = '', more] = text.split(':');
    const [key = '', value = ''] = pair.split('=');
    if (more !== undefined || (effect === '' && !removal)) throw new KubectlError(`invalid taint spec: ${spec}`);
    if (effect !== '' && !effects.includes(effect)) {
      throw new KubectlError(`invalid taint effect: ${effect}, unsupported taint effect`);
    }
    if (removal) remove.push({ key, effect });
    else add.push({ key, effect, ...(value ? { value } : {}) });
  }
  return { add, remove };
}

function same(a: Taint, b: Taint): boolean {
  return a.key === b.key && a.effect === b.effect;
}

function removes(spec: Taint, one: Taint): boolean {
  return spec.key === one.key && (spec.effect === '' || spec.effect === one.effect);
}

function operationOf(
  before: readonly Taint[],
  add: readonly Taint[],
  remove: readonly Taint[],
  overwrite: boolean,
  name: string,
): string {
  const taken = add.filter((one) => before.some((other) => same(one, other)));
  if (taken.length > 0 && !overwrite) {
    throw new KubectlError(
      `node ${name} already has ${taken.map((one) => one.key).join(', ')} taint(s) with same effect(s) and --overwrite is false`,
    );
  }
  const missing = remove.filter((one) => !before.some((other) => removes(one, other)));
  if (missing.length > 0) {
    const [first] = missing;
    throw new KubectlError(
      first?.effect ? `taint "${first.key}:${first.effect}" not found` : `taint "${first?.key ?? ''}" not found`,
    );
  }
  if (add.length > 0 && remove.length > 0) return 'modified';
  if (taken.length > 0) return 'modified';
  return add.length > 0 ? 'tainted' : 'untainted';
}
