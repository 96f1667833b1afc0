import { deepEqual, type KubeObject } from '@/kubernetes/api/object';
import type { Task } from '@/kubernetes/clock/task';
import { readManifest } from '@/manifest/read';
import { type LocalPatchType, patchedLocally } from '../apply/local-patch';
import type { CommandDefinition } from '../command-tree';
import { KubectlError, throwAll } from '../errors';
import { bool, string } from '../flags/flag';
import { dryRunFlag, fieldManagerFlag, filenameFlags, printFlags } from '../flags/global-flags';
import type { Invocation } from '../invocation';
import { type DryRun, dryRunOf, dryRunSuffix } from '../options';
import { printerOf, resultLine } from '../output/printer';
import { asError, fetchedEntries, fileEntries, hasFiles, namedEntries } from '../resource/builder';
import type { Entry, Info } from '../resource/info';
import { StatusError } from '../errors';
import { badRequest } from '@/kubernetes/apiserver/status';

const types: readonly LocalPatchType[] = ['json', 'merge', 'strategic'];

/** Upstream: kubectl/pkg/cmd/patch/patch.go. */
export const patch: CommandDefinition = {
  name: 'patch',
  short: 'Update fields of a resource',
  flags: [
    ...filenameFlags,
    ...printFlags,
    dryRunFlag,
    fieldManagerFlag('kubectl-patch'),
    string('patch', 'p'),
    string('patch-file'),
    string('type', undefined, 'strategic'),
    string('subresource'),
    bool('local'),
  ],
  run,
};

function* run(invocation: Invocation): Task<void> {
  const { flags } = invocation;
  const dryRun = dryRunOf(invocation);
  const printer = printerOf(invocation);
  const type = validate(invocation, dryRun);
  const body = patchBody(invocation);
  const local = flags.bool('local');
  const entries = found(invocation, local);
  const errors: Error[] = [];
  let count = 0;
  for (const entry of entries) {
    try {
      if ('error' in entry) throw entry.error;
      count++;
      const { object: before } = entry.info;
      const pretend = local || dryRun === 'client';
      const after = pretend
        ? patchedObject(invocation, before, body, type)
        : send(invocation, entry.info, body, type, dryRun);
      // Upstream makes a printer for every object, so that nothing parts their texts.
      if (printer) invocation.out((printerOf(invocation) ?? printer)(after));
      else {
        const bare = (object: KubeObject) => ({ ...object, metadata: { ...object.metadata, managedFields: [] } });
        const operation = deepEqual(bare(before), bare(after)) ? 'patched (no change)' : 'patched';
        invocation.out(resultLine(after, operation, pretend ? '' : dryRunSuffix(dryRun)));
      }
    } catch (error) {
      errors.push(asError(error));
    }
  }
  throwAll(errors);
  if (count === 0) throw new KubectlError('no objects passed to patch');
}

/** Upstream: patch.go `Validate`. */
function validate({ flags }: Invocation, dryRun: DryRun): LocalPatchType {
  if (flags.string('patch') !== '' && flags.string('patch-file') !== '') {
    throw new KubectlError('cannot specify --patch and --patch-file together');
  }
  if (flags.string('patch') === '' && flags.string('patch-file') === '') {
    throw new KubectlError('must specify --patch or --patch-file containing the contents of the patch');
  }
  if (flags.bool('local')) {
    if (flags.args.length > 0) throw new KubectlError('cannot specify --local and server resources');
    if (dryRun === 'server') {
      throw new KubectlError('cannot specify --local and --dry-run=server - did you mean --dry-run=client?');
    }
  }
  const word = flags.string('type');
  const type = types.find((one) => one === (word.toLowerCase() || 'strategic'));
  if (type) return type;
  throw new KubectlError(`--type must be one of [json merge strategic], not ${JSON.stringify(word)}`);
}

function found(invocation: Invocation, local: boolean): Entry[] {
  if (local) return fileEntries(invocation, { bare: true });
  const subresource = invocation.flags.string('subresource');
  return hasFiles(invocation)
    ? fetchedEntries(invocation, subresource ? { subresource } : {})
    : namedEntries(invocation, { words: invocation.args, subresource });
}

function send(
  invocation: Invocation,
  { mapping, namespace, name }: Info,
  body: unknown,
  patchType: LocalPatchType,
  dryRun: DryRun,
): KubeObject {
  const subresource = invocation.flags.string('subresource');
  return invocation.request('patch', mapping, {
    namespace,
    name,
    body,
    patchType,
    fieldManager: invocation.flags.string('field-manager'),
    ...(subresource ? { subresource } : {}),
    ...(dryRun === 'server' ? { dryRun: true } : {}),
  });
}

function patchedObject(invocation: Invocation, before: KubeObject, body: unknown, type: LocalPatchType): KubeObject {
  // The patch of an object stays an object of its kind, or the printers would not print it.
  return patchedLocally(before, body, type, invocation.minor) as KubeObject;
}

/** YAML or JSON. A text that begins like JSON goes to the server as it is, which then refuses what is none. */
function patchBody(invocation: Invocation): unknown {
  const file = invocation.flags.string('patch-file');
  const text = file === '' ? invocation.flags.string('patch') : invocation.context.files.read(file);
  if (text === undefined) throw new KubectlError(`unable to read patch file: open ${file}: no such file or directory`);
  if (/^\s*[[{]/.test(text)) {
    try {
      const patch: unknown = JSON.parse(text);
      return patch;
    } catch {
      throw new StatusError(badRequest(jsonProblem(text)));
    }
  }
  const { documents, errors } = readManifest(text);
  if (errors[0])
    throw new KubectlError(
      `unable to parse ${JSON.stringify(text)}: ${errors[0].message.replace('error converting YAML to JSON: ', '')}`,
    );
  const value = documents[0]?.value;
  return value ?? null;
}

/** encoding/json's own words about the first thing that is wrong. */
function jsonProblem(text: string): string {
  const trimmed = text.trim();
  const key = /^\{\s*([^"\s}])/.exec(trimmed);
  if (key) return `invalid character '${key[1] ?? ''}' looking for beginning of object key string`;
  return 'unexpected end of JSON input';
}
