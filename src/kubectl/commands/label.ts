import type { JsonObject, KubeObject } from '@/kubernetes/api/object';
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
import { type Change, readLabels, readPairs, resourcesAndPairs } from '../metadata/pairs';
import { type DryRun, dryRunOf, dryRunSuffix } from '../options';
import { printerOf, resultLine } from '../output/printer';
import { asError, fetchedEntries, fileEntries, hasFiles, namedEntries } from '../resource/builder';
import type { Entry, Info } from '../resource/info';
import { localFilesOnly } from '../resource/local';
import { isSingleItem } from '../resource/single-item';

/** In which `kubectl label` and `kubectl annotate` differ. */
interface Texts {
  readonly field: 'labels' | 'annotations';
  readonly word: 'label' | 'annotation';
  readonly read: (pairs: readonly string[]) => Change;
  /** Refuses a change of what is there already; never asked with `--overwrite`. */
  readonly refuseOverwrites: (old: Readonly<Record<string, string>>, change: Change) => void;
  /** What is said of removals of what is not there. */
  readonly missing?: (key: string) => string;
  readonly operation: (added: number, removed: number) => string;
}

const flagsOf = (manager: string) => [
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
const usage = '[--overwrite] (-f FILENAME | TYPE NAME) KEY_1=VAL_1 ... KEY_N=VAL_N [--resource-version=version]';

const taken = (old: Readonly<Record<string, string>>, { set }: Change) =>
  [...set].flatMap(([key, value]) => (old[key] === undefined || old[key] === value ? [] : [[key, old[key]] as const]));

/** Upstream: kubectl/pkg/cmd/label/label.go. */
export const label: CommandDefinition = {
  name: 'label',
  short: 'Update the labels on a resource',
  usage,
  flags: flagsOf('kubectl-label'),
  run: (invocation) =>
    run(invocation, {
      field: 'labels',
      word: 'label',
      read: readLabels,
      refuseOverwrites: (old, change) =>
        throwAll(
          taken(old, change).map(
            ([key, value]) => new KubectlError(`'${key}' already has a value (${value}), and --overwrite is false`),
          ),
        ),
      missing: (key) => `label ${JSON.stringify(key)} not found.\n`,
      operation: (added, removed) => {
        if (added > 0) return removed > 0 ? 'modified' : 'labeled';
        return removed > 0 ? 'unlabeled' : 'not labeled';
      },
    }),
};

/** `kubernetes.io/change-cause` may always be overwritten. Upstream: kubectl/pkg/polymorphichelpers/history.go */
const changeCause = 'kubernetes.io/change-cause';

/** Upstream: kubectl/pkg/cmd/annotate/annotate.go. */
export const annotate: CommandDefinition = {
  name: 'annotate',
  short: 'Update the annotations on a resource',
  usage,
  flags: flagsOf('kubectl-annotate'),
  run: (invocation) =>
    run(invocation, {
      field: 'annotations',
      word: 'annotation',
      read: readAnnotations,
      refuseOverwrites: (old, change) => {
        const texts = taken(old, change)
          .filter(([key]) => key !== changeCause)
          .map(([key, value]) => `'${key}' already has a value (${value})`);
        if (texts.length === 0) return;
        throw new KubectlError(
          `--overwrite is false but found the following declared annotation(s): ${texts.join('; ')}`,
        );
      },
      operation: () => 'annotated',
    }),
};

function readAnnotations(pairs: readonly string[]): Change {
  const change = readPairs(pairs, 'annotation');
  const both = change.remove.filter((key) => change.set.has(key));
  if (both.length === 0) return change;
  throw new KubectlError(
    `can not both modify and remove the following annotation(s) in the same command: ${both.join(', ')}`,
  );
}

function* run(invocation: Invocation, texts: Texts): Task<void> {
  const { flags } = invocation;
  const dryRun = dryRunOf(invocation);
  const printer = printerOf(invocation);
  const { words, pairs } = resourcesAndPairs(invocation.args, texts.word);
  const change = texts.read(pairs);
  validate(invocation, texts, words, pairs.length, dryRun);
  const single = isSingleItem(invocation, words);
  if (!single && flags.string('resource-version') !== '') {
    throw new KubectlError('--resource-version may only be used with a single resource');
  }
  const errors: Error[] = [];
  for (const entry of find(invocation, words)) {
    if ('error' in entry) {
      errors.push(entry.error);
      continue;
    }
    try {
      if (flags.bool('list')) {
        invocation.out(listing(entry.info, texts, single));
        continue;
      }
      const { object, operation } = changeOne(invocation, entry.info, change, texts, dryRun);
      // Upstream makes a printer for every object, so that nothing parts their texts.
      const print = printer && printerOf(invocation);
      invocation.out(print ? print(object) : resultLine(object, operation, dryRunSuffix(dryRun)));
    } catch (error) {
      errors.push(asError(error));
    }
  }
  throwAll(errors);
}

function validate(
  invocation: Invocation,
  texts: Texts,
  words: readonly string[],
  changes: number,
  dryRun: DryRun,
): void {
  const { flags } = invocation;
  if (flags.bool('list') && flags.string('output') !== '') {
    throw new KubectlError('--list and --output may not be specified together');
  }
  for (const other of ['selector', 'field-selector']) {
    if (flags.bool('all') && flags.string(other) !== '') {
      throw new KubectlError(`cannot set --all and --${other} at the same time`);
    }
  }
  const example = texts.field === 'labels' ? 'pod' : 'rsrc';
  if (flags.bool('local')) localFilesOnly(invocation, words, dryRun, example);
  else if (words.length === 0 && !hasFiles(invocation)) {
    throw new KubectlError('one or more resources must be specified as <resource> <name> or <resource>/<name>');
  }
  if (changes === 0 && !flags.bool('list')) throw new KubectlError(`at least one ${texts.word} update is required`);
}

function find(invocation: Invocation, words: readonly string[]): Entry[] {
  const { flags } = invocation;
  if (flags.bool('local')) return fileEntries(invocation, { bare: true });
  if (hasFiles(invocation)) return fetchedEntries(invocation);
  return namedEntries(invocation, {
    words,
    selector: flags.string('selector'),
    fieldSelector: flags.string('field-selector'),
    all: flags.bool('all'),
    allNamespaces: flags.bool('all-namespaces'),
  });
}

/** What is printed is the object as this command changed it; annotations are printed as the server answers. */
function changeOne(invocation: Invocation, info: Info, change: Change, texts: Texts, dryRun: DryRun) {
  const old = info.object.metadata[texts.field] ?? {};
  const local = dryRun === 'client' || invocation.flags.bool('local');
  if (!local && texts.missing) {
    for (const key of change.remove) if (old[key] === undefined) invocation.out(texts.missing(key));
  }
  if (!invocation.flags.bool('overwrite')) texts.refuseOverwrites(old, change);
  const added = [...change.set].filter(([key, value]) => old[key] !== value);
  const removed = change.remove.filter((key) => old[key] !== undefined);
  const operation = texts.operation(added.length, removed.length);
  const changed: KubeObject = withField(info.object, texts.field, added, removed);
  const nothing = added.length + removed.length === 0;
  if (local || (nothing && texts.field === 'labels')) return { object: changed, operation };
  const version = invocation.flags.string('resource-version');
  const patch = { ...Object.fromEntries(added), ...Object.fromEntries(removed.map((key) => [key, null])) };
  const metadata: JsonObject = {
    ...(nothing ? {} : { [texts.field]: patch }),
    ...(version ? { resourceVersion: version } : {}),
  };
  const answer = invocation.request('patch', info.mapping, {
    namespace: info.namespace,
    name: info.name,
    patchType: 'merge',
    fieldManager: invocation.flags.string('field-manager'),
    body: { metadata },
    ...(dryRun === 'server' ? { dryRun: true } : {}),
  });
  return { object: texts.field === 'labels' ? changed : answer, operation };
}

function withField(
  object: KubeObject,
  field: Texts['field'],
  added: readonly (readonly [string, string])[],
  removed: readonly string[],
): KubeObject {
  const kept = Object.entries(object.metadata[field] ?? {}).filter(([key]) => !removed.includes(key));
  const value = Object.fromEntries([...kept, ...added]);
  const { [field]: _, ...rest } = object.metadata;
  return { ...object, metadata: Object.keys(value).length > 0 ? { ...rest, [field]: value } : rest };
}

function listing({ object, mapping, name }: Info, texts: Texts, single: boolean): string {
  const indent = single ? '' : ' ';
  const head = single ? '' : `Listing ${texts.field} for ${mapping.kind}.${mapping.group}/${name}:\n`;
  const pairs = Object.entries(object.metadata[texts.field] ?? {}).sort(([a], [b]) => (a < b ? -1 : 1));
  return head + pairs.map(([key, value]) => `${indent}${key}=${value}\n`).join('');
}
