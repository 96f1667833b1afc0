import type { Node } from '@/kubernetes/api/generated/core-v1';
import { labelValueErrors, qualifiedNameErrors } from '@/kubernetes/api/meta/names';
import type { KubeObject } from '@/kubernetes/api/object';
import type { Task } from '@/kubernetes/clock/task';
import type { CommandDefinition } from '../command-tree';
import { KubectlError, throwAll } from '../errors';
import { bool } from '../flags/flag';
import { dryRunFlag, fieldManagerFlag, printFlags, selectorFlag, validateFlag } from '../flags/global-flags';
import type { Invocation } from '../invocation';
import { type DryRun, dryRunOf, validationOf } from '../options';
import { printerOf, resultLine } from '../output/printer';
import { asError, namedEntries } from '../resource/builder';
import type { Entry } from '../resource/info';
import { mappingForBare } from '../resource/mapping';
import { typedAs } from '../resource/typed';

interface Taint {
  readonly key: string;
  readonly value?: string;
  readonly effect: string;
}

/** Upstream: kubectl/pkg/cmd/taint/taint.go. */
export const taint: CommandDefinition = {
  name: 'taint',
  short: 'Update the taints on one or more nodes',
  flags: [
    ...printFlags,
    dryRunFlag,
    validateFlag,
    selectorFlag,
    fieldManagerFlag('kubectl-taint'),
    bool('all'),
    bool('overwrite'),
  ],
  *run(invocation): Task<void> {
    const dryRun = dryRunOf(invocation);
    const fieldValidation = validationOf(invocation);
    const { words, specs } = split(invocation.args);
    if (words.length === 0) throw new KubectlError('one or more resources must be specified as <resource> <name>');
    if (specs.length === 0) throw new KubectlError('at least one taint update is required');
    const change = readTaints(invocation, specs);
    validate(invocation, words, change);
    const printer = printerOf(invocation, { typed: true });
    const errors: Error[] = [];
    for (const entry of find(invocation, words)) {
      try {
        if ('error' in entry) throw entry.error;
        const { object, mapping, name } = entry.info;
        // The resource read is that of Nodes.
        const { operation, taints } = applied(typedAs<Node>(object), change, invocation.flags.bool('overwrite'));
        const after = changed(object, taints, dryRun, () =>
          invocation.request('patch', mapping, {
            name,
            patchType: 'merge',
            fieldValidation,
            fieldManager: invocation.flags.string('field-manager'),
            body: { spec: { taints: taints.length > 0 ? taints : null } },
            ...(dryRun === 'server' ? { dryRun: true } : {}),
          }),
        );
        invocation.out(printer ? printer(after) : resultLine(after, operation));
      } catch (error) {
        errors.push(asError(error));
      }
    }
    throwAll(errors);
  },
};

function changed(object: KubeObject, taints: readonly Taint[], dryRun: DryRun, send: () => KubeObject): KubeObject {
  if (dryRun !== 'client') return send();
  const { taints: _, ...spec } = typedAs<Node>(object).spec;
  return { ...object, spec: taints.length > 0 ? { ...spec, taints } : spec };
}

/** Words that name nodes, then words that are taints. */
function split(args: readonly string[]): { words: string[]; specs: string[] } {
  const isTaint = (word: string) => word.includes('=') || word.includes(':') || word.endsWith('-');
  const first = args.findIndex(isTaint);
  if (first < 0) return { words: [...args], specs: [] };
  const late = args.slice(first).find((word) => !isTaint(word));
  if (late !== undefined) throw new KubectlError(`all resources must be specified before taint changes: ${late}`);
  return { words: args.slice(0, first), specs: args.slice(first) };
}

interface Change {
  readonly add: readonly Taint[];
  readonly remove: readonly Taint[];
}

/** Upstream: taint/utils.go `parseTaints`. Throws usage errors. */
function readTaints(invocation: Invocation, specs: readonly string[]): Change {
  const add: Taint[] = [];
  const remove: Taint[] = [];
  const bad = (text: string) => invocation.usage(text);
  for (const spec of specs) {
    if (spec.endsWith('-')) {
      const { key, effect } = readTaint(spec.slice(0, -1), bad);
      remove.push({ key, effect });
      continue;
    }
    const one = readTaint(spec, bad);
    if (one.effect === '') throw bad(`invalid taint spec: ${spec}`);
    if (add.some((other) => same(one, other))) {
      const text = `{${one.key} ${one.value ?? ''} ${one.effect} <nil>}`;
      throw bad(`duplicated taints with the same key and effect: ${text}`);
    }
    add.push(one);
  }
  return { add, remove };
}

const effects = ['NoSchedule', 'PreferNoSchedule', 'NoExecute'];

/** `key=value:Effect`, `key:Effect`, `key`. Upstream: taint/utils.go `parseTaint`. */
function readTaint(text: string, bad: (text: string) => Error): Taint {
  const [pair = '', effect, more] = text.split(':');
  if (more !== undefined) throw bad(`invalid taint spec: ${text}`);
  if (effect !== undefined && !effects.includes(effect)) {
    throw bad(`invalid taint effect: ${effect}, unsupported taint effect`);
  }
  const [key = '', value, another] = effect === undefined ? [pair] : pair.split('=');
  if (another !== undefined) throw bad(`invalid taint spec: ${text}`);
  const problems = [labelValueErrors(value ?? ''), qualifiedNameErrors(key)].find((list) => list.length > 0);
  if (problems) throw bad(`invalid taint spec: ${text}, ${problems.join('; ')}`);
  return { key, effect: effect ?? '', ...(value ? { value } : {}) };
}

/** Upstream: taint.go `Validate`, `validateFlags`. */
function validate({ flags, minor }: Invocation, words: readonly string[], { add, remove }: Change): void {
  const type = (words[0] ?? '').toLowerCase();
  if (mappingForBare(type, minor).kind !== 'Node') {
    throw new KubectlError(`invalid resource type ${type}, only node types are supported`);
  }
  const both = add.flatMap((one) => remove.filter((other) => removes(other, one)));
  if (both.length > 0) {
    const list = both.map((one) => `${one.key}=${one.effect}`).join(', ');
    throw new KubectlError(`can not both modify and remove the following taint(s) in the same command: ${list}`);
  }
  if (flags.bool('all') && flags.string('selector') !== '') {
    throw new KubectlError("setting 'all' parameter with a non empty selector is prohibited");
  }
  if (!flags.bool('all') && flags.string('selector') === '' && words.length < 2) {
    throw new KubectlError("at least one resource name must be specified since 'all' parameter is not set");
  }
}

function find(invocation: Invocation, words: readonly string[]): Entry[] {
  const selector = invocation.flags.string('selector');
  const all = invocation.flags.bool('all');
  const names = all || selector !== '' ? [] : words.slice(1);
  return namedEntries(invocation, { words: ['nodes', ...names], selector, all });
}

function same(a: Taint, b: Taint): boolean {
  return a.key === b.key && a.effect === b.effect;
}

function removes(spec: Taint, one: Taint): boolean {
  return spec.key === one.key && (spec.effect === '' || spec.effect === one.effect);
}

/** The taints a node comes to have. Upstream: taint.go `updateTaints`, taint/utils.go `reorganizeTaints`. */
function applied({ metadata, spec }: Node, { add, remove }: Change, overwrite: boolean) {
  const old: readonly Taint[] = spec.taints ?? [];
  const taken = add.filter((one) => old.some((other) => same(one, other)));
  if (taken.length > 0 && !overwrite) {
    const keys = taken.map((one) => one.key).join(',');
    throw new KubectlError(
      `node ${metadata.name} already has ${keys} taint(s) with same effect(s) and --overwrite is false`,
    );
  }
  let taints: Taint[] = [...add, ...old.filter((one) => !add.some((other) => same(one, other)))];
  const added = taints.length !== old.length;
  const missing: Error[] = [];
  let deleted = false;
  for (const spec of remove) {
    const left = taints.filter((one) => !removes(spec, one));
    deleted = left.length !== taints.length;
    if (!deleted) {
      const text = spec.effect === '' ? spec.key : `${spec.key}:${spec.effect}`;
      missing.push(new KubectlError(`taint ${JSON.stringify(text)} not found`));
    }
    taints = left;
  }
  throwAll(missing);
  const operation = (added && deleted) || overwrite ? 'modified' : added ? 'tainted' : 'untainted';
  return { operation, taints };
}
