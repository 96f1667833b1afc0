import { deepEqual, isObject } from '@/kubernetes/api/object';
import type { PatchType } from '@/kubernetes/apiserver/request';
import type { Task } from '@/kubernetes/clock/task';
import { readManifest } from '@/manifest/read';
import type { CommandDefinition } from '../command-tree';
import { KubectlError, throwAll } from '../errors';
import { bool, string } from '../flags/flag';
import { dryRunFlag, fieldManagerFlag, filenameFlags, printFlags } from '../flags/global-flags';
import type { Invocation } from '../invocation';
import { dryRunOf, dryRunSuffix } from '../options';
import { printerOf, resultLine } from '../output/printer';
import { errorsOf, fileEntries, hasFiles, infosOf, namedEntries } from '../resource/builder';
import { StatusError } from '../errors';
import { badRequest } from '@/kubernetes/apiserver/status';

const types: readonly PatchType[] = ['json', 'merge', 'strategic'];

/** Upstream: kubectl/pkg/cmd/patch/patch.go. */
export const patch: CommandDefinition = {
  name: 'patch',
  short: 'Update fields of a resource',
  usage: '(-f FILENAME | TYPE NAME) [-p PATCH|--patch-file FILE]',
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
  if (flags.string('patch') !== '' && flags.string('patch-file') !== '') {
    throw new KubectlError('cannot specify --patch and --patch-file together');
  }
  if (flags.string('patch') === '' && flags.string('patch-file') === '') {
    throw new KubectlError('must specify --patch or --patch-file containing the contents of the patch');
  }
  const type = types.find((one) => one === flags.string('type'));
  if (!type)
    throw new KubectlError(`--type must be one of [json merge strategic], not ${JSON.stringify(flags.string('type'))}`);
  const body = patchBody(invocation);
  const entries = hasFiles(invocation) ? fileEntries(invocation) : namedEntries(invocation, { words: flags.args });
  throwAll(errorsOf(entries));
  const infos = infosOf(entries);
  for (const { mapping, namespace, name } of infos) {
    const subresource = flags.string('subresource');
    const before = invocation.request('get', mapping, { namespace, name });
    const after =
      dryRun === 'client'
        ? before
        : invocation.request('patch', mapping, {
            namespace,
            name,
            body,
            patchType: type,
            fieldManager: flags.string('field-manager'),
            ...(subresource ? { subresource } : {}),
            ...(dryRun === 'server' ? { dryRun: true } : {}),
          });
    if (printer) invocation.out(printer(after));
    else {
      const unchanged = deepEqual(
        { ...before, metadata: { ...before.metadata, managedFields: [] } },
        { ...after, metadata: { ...after.metadata, managedFields: [] } },
      );
      invocation.out(
        resultLine(
          { ...after, kind: mapping.kind },
          unchanged ? 'patched (no change)' : 'patched',
          dryRunSuffix(dryRun),
        ),
      );
    }
  }
  if (infos.length === 0) throw new KubectlError('no objects passed to patch');
}

/** YAML or JSON. A text that begins like JSON goes to the server as it is, which then refuses what is none. */
function patchBody(invocation: Invocation): unknown {
  const file = invocation.flags.string('patch-file');
  const text = file === '' ? invocation.flags.string('patch') : invocation.context.files.read(file);
  if (text === undefined) throw new KubectlError(`unable to read patch file: open ${file}: no such file or directory`);
  if (/^\s*[[{]/.test(text)) {
    try {
      return JSON.parse(text) as unknown;
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
  return isObject(value) || Array.isArray(value) ? value : {};
}

/** encoding/json's own words about the first thing that is wrong. */
function jsonProblem(text: string): string {
  const trimmed = text.trim();
  const key = /^\{\s*([^"\s}])/.exec(trimmed);
  if (key) return `invalid character '${key[1] ?? ''}' looking for beginning of object key string`;
  return 'unexpected end of JSON input';
}
