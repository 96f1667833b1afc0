import type { KubeObject } from '@/kubernetes/api/object';
import { qualifiedNameProblems, labelValueProblem } from '../metadata/names';
import type { Task } from '@/kubernetes/clock/task';
import type { CommandDefinition } from '../command-tree';
import { KubectlError, throwAll } from '../errors';
import { bool, string } from '../flags/flag';
import {
  dryRunFlag,
  fieldManagerFlag,
  fieldSelectorFlag,
  filenameFlags,
  printFlags,
  selectorFlag,
} from '../flags/global-flags';
import type { Invocation } from '../invocation';
import { dryRunOf, dryRunSuffix } from '../options';
import { printerOf, resultLine } from '../output/printer';
import { asError, fileEntries, hasFiles, missingResource, namedEntries } from '../resource/builder';
import { fetchInfo, type Entry, type Info } from '../resource/info';

interface Texts {
  readonly field: 'labels' | 'annotations';
  readonly word: 'label' | 'annotation';
  readonly done: 'labeled' | 'annotated';
}

const labelTexts: Texts = { field: 'labels', word: 'label', done: 'labeled' };
const annotationTexts: Texts = { field: 'annotations', word: 'annotation', done: 'annotated' };

const flags = (manager: string) => [
  ...filenameFlags,
  ...printFlags,
  selectorFlag,
  fieldSelectorFlag,
  dryRunFlag,
  fieldManagerFlag(manager),
  bool('all'),
  bool('all-namespaces', 'A'),
  bool('overwrite'),
  bool('local'),
  bool('list'),
  string('resource-version'),
];

/** Upstream: kubectl/pkg/cmd/label/label.go. */
export const label: CommandDefinition = {
  name: 'label',
  short: 'Update the labels on a resource',
  usage: '[--overwrite] (-f FILENAME | TYPE NAME) KEY_1=VAL_1 ... KEY_N=VAL_N [--resource-version=version]',
  flags: flags('kubectl-label'),
  run: (invocation) => run(invocation, labelTexts),
};

/** Upstream: kubectl/pkg/cmd/annotate/annotate.go. */
export const annotate: CommandDefinition = {
  name: 'annotate',
  short: 'Update the annotations on a resource',
  usage: '[--overwrite] (-f FILENAME | TYPE NAME) KEY_1=VAL_1 ... KEY_N=VAL_N [--resource-version=version]',
  flags: flags('kubectl-annotate'),
  run: (invocation) => run(invocation, annotationTexts),
};

interface Change {
  readonly set: ReadonlyMap<string, string>;
  readonly remove: readonly string[];
}

function* run(invocation: Invocation, texts: Texts): Task<void> {
  const { flags: given } = invocation;
  const dryRun = dryRunOf(invocation);
  const printer = printerOf(invocation);
  const { words, pairs } = splitArgs(invocation.args);
  const change = readChange(pairs, texts);
  if (!hasFiles(invocation) && words.length === 0) throw new KubectlError(missingResource);
  if (pairs.length === 0 && !given.bool('list'))
    throw new KubectlError(`at least one ${texts.word} update is required`);
  const errors: Error[] = [];
  for (const entry of find(invocation, words)) {
    if ('error' in entry) {
      errors.push(entry.error);
      continue;
    }
    try {
      const { info } = entry;
      if (given.bool('list')) {
        list(invocation, info, texts);
        continue;
      }
      const { object, operation } = changeOne(invocation, info, change, texts, dryRun);
      const named = { ...object, kind: info.mapping.kind };
      invocation.out(printer ? printer(named) : resultLine(named, operation, dryRunSuffix(dryRun)));
    } catch (error) {
      errors.push(asError(error));
    }
  }
  throwAll(errors);
}

function find(invocation: Invocation, words: readonly string[]): Entry[] {
  const { flags: given } = invocation;
  if (hasFiles(invocation)) {
    return fileEntries(invocation).map((entry) => {
      if ('error' in entry) return entry;
      try {
        return { info: fetchInfo(invocation, entry.info) };
      } catch (error) {
        return { error: asError(error) };
      }
    });
  }
  return namedEntries(invocation, {
    words,
    selector: given.string('selector'),
    fieldSelector: given.string('field-selector'),
    all: given.bool('all'),
    allNamespaces: given.bool('all-namespaces'),
  });
}

/** What looks like `key=value` or `key-` belongs to the change; what stands before names the objects. */
function splitArgs(args: readonly string[]): { words: string[]; pairs: string[] } {
  const first = args.findIndex((word, i) => word.includes('=') || (word.endsWith('-') && i > 0));
  return first < 0 ? { words: [...args], pairs: [] } : { words: args.slice(0, first), pairs: args.slice(first) };
}

/** Upstream: label.go `parseLabels`, cmdutil `ParsePairs`. */
function readChange(pairs: readonly string[], texts: Texts): Change {
  const set = new Map<string, string>();
  const remove: string[] = [];
  for (const pair of pairs) {
    const equals = pair.indexOf('=');
    if (equals >= 0) {
      const key = pair.slice(0, equals);
      const value = pair.slice(equals + 1);
      if (texts.field === 'labels') {
        const problem = labelValueProblem(value);
        if (problem !== undefined) throw new KubectlError(`invalid label value: "${pair}": ${problem}`);
        const bad = qualifiedNameProblems(key);
        if (bad.length > 0) throw new KubectlError(`invalid label key: "${pair}": ${bad.join(';')}`);
      }
      set.set(key, value);
    } else if (pair.endsWith('-')) remove.push(pair.slice(0, -1));
    else throw new KubectlError(`unknown ${texts.word} spec: ${pair}`);
  }
  if (remove.some((key) => set.has(key))) {
    throw new KubectlError(
      `can not both modify and remove ${texts.word === 'label' ? 'a label' : 'an annotation'} in the same command`,
    );
  }
  return { set, remove };
}

function changeOne(
  invocation: Invocation,
  info: Info,
  change: Change,
  texts: Texts,
  dryRun: string,
): { object: KubeObject; operation: string } {
  const old = info.object.metadata[texts.field] ?? {};
  for (const key of change.remove) {
    if (old[key] === undefined && texts.field === 'labels') invocation.out(`label "${key}" not found.\n`);
  }
  if (!invocation.flags.bool('overwrite')) {
    const taken = [...change.set].filter(([key, value]) => old[key] !== undefined && old[key] !== value);
    const problems = taken.map(
      ([key]) => new KubectlError(`'${key}' already has a value (${old[key] ?? ''}), and --overwrite is false`),
    );
    throwAll(problems);
  }
  const patch: Record<string, string | null> = {};
  for (const [key, value] of change.set) if (old[key] !== value) patch[key] = value;
  for (const key of change.remove) if (old[key] !== undefined) patch[key] = null;
  const changed = Object.keys(patch).length > 0;
  const operation = operationOf(texts, change, changed);
  if (dryRun === 'client') return { object: info.object, operation };
  const version = invocation.flags.string('resource-version');
  const object = invocation.request('patch', info.mapping, {
    namespace: info.namespace,
    name: info.name,
    patchType: 'merge',
    fieldManager: invocation.flags.string('field-manager'),
    body: {
      metadata: { ...(changed ? { [texts.field]: patch } : {}), ...(version ? { resourceVersion: version } : {}) },
    },
    ...(dryRun === 'server' ? { dryRun: true } : {}),
  });
  return { object, operation };
}

/** Upstream: label.go `updateDataChangeMsg`. */
function operationOf(texts: Texts, change: Change, changed: boolean): string {
  if (texts.field === 'annotations') return texts.done;
  if (!changed) return 'not labeled';
  return change.remove.length > 0 && change.set.size === 0 ? 'unlabeled' : 'labeled';
}

function list(invocation: Invocation, info: Info, texts: Texts): void {
  for (const [key, value] of Object.entries(info.object.metadata[texts.field] ?? {}).sort()) {
    invocation.out(`${key}=${value}\n`);
  }
}
