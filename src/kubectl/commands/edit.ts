import { type JsonObject, type KubeObject, deepEqual, isObject } from '@/kubernetes/api/object';
import { goTypeOf } from '@/kubernetes/apiserver/schema/go-type';
import type { Task } from '@/kubernetes/clock/task';
import { twoWayMergePatch } from '../apply/patch-diff';
import type { CommandDefinition } from '../command-tree';
import { KubectlError, throwAll } from '../errors';
import type { Invocation } from '../invocation';
import { bool, string } from '../flags/flag';
import { fieldManagerFlag, filenameFlags, printFlags, validateFlag } from '../flags/global-flags';
import { goJson } from '@/kubernetes/strconv/go-json';
import { printerOf, resultLine, withoutManagedFields } from '../output/printer';
import { errorsOf, fileEntries, hasFiles, infosOf, namedEntries } from '../resource/builder';
import { type Info, apiVersionOf, fetchInfo } from '../resource/info';
import { type EditFormat, editObjects } from './edit-text';

/** What is edited is YAML, or JSON when asked for. Upstream: editoptions.go `Complete`. */
function editFormat({ flags, facts }: Invocation): EditFormat {
  const output = flags.string('output');
  const formats = ['json', ...(facts.kyaml ? ['kyaml'] : []), 'yaml'];
  if (output !== '' && !formats.includes(output)) {
    throw new KubectlError(
      `unable to match a printer suitable for the output format "${output}", allowed formats are: ${formats.join(',')}`,
    );
  }
  return output === 'json' ? 'json' : 'yaml';
}

/** Upstream: kubectl/pkg/cmd/util/editor/editoptions.go. A refused change is printed, the editor is not opened again. */
export const edit: CommandDefinition = {
  name: 'edit',
  short: 'Edit a resource on the server',
  flags: [
    ...filenameFlags,
    ...printFlags,
    validateFlag,
    fieldManagerFlag('kubectl-edit'),
    bool('output-patch'),
    bool('windows-line-endings'),
    bool('save-config'),
    string('subresource'),
  ],
  *run(invocation): Task<void> {
    const { flags } = invocation;
    const format = editFormat(invocation);
    const entries = hasFiles(invocation)
      ? fileEntries(invocation).map((entry) => ('info' in entry ? { info: fetchInfo(invocation, entry.info) } : entry))
      : namedEntries(invocation, { words: flags.args, selectAllByDefault: true });
    throwAll(errorsOf(entries));
    const infos = infosOf(entries);
    if (infos.length === 0) throw new KubectlError('edit cancelled, no objects found');
    const shown = infos.map(({ object }) => withoutManagedFields(object));
    const edited = yield* editObjects(invocation, shown, format);
    for (const object of edited ?? []) change(invocation, infos, object);
  },
};

const fixed = ['apiVersion', 'kind'] as const;

/** Sends what was changed of one object. Upstream: editoptions.go `visitToPatch`. */
function change(invocation: Invocation, infos: readonly Info[], edited: JsonObject): void {
  const { flags, minor } = invocation;
  const metadata = isObject(edited.metadata) ? edited.metadata : {};
  const info = infos.find(({ object }) => object.metadata.uid === metadata.uid);
  if (!info) throw new KubectlError(`no original object found for ${goJson(edited)}`);
  const { mapping, namespace, name } = info;
  const before = withoutManagedFields(info.object);
  const printer = flags.string('output') === '' ? undefined : printerOf(invocation);
  const say = (object: KubeObject, what: string) =>
    invocation.out(printer ? printer(object) : resultLine(object, what));
  if (deepEqual(before, edited)) {
    say(info.object, 'skipped');
    return;
  }
  if (fixed.some((field) => edited[field] !== before[field]) || metadata.name !== name) {
    throw new KubectlError('At least one of apiVersion, kind and name was changed');
  }
  const body = twoWayMergePatch(before, edited, goTypeOf(apiVersionOf(mapping), mapping.kind, minor));
  if (flags.bool('output-patch')) invocation.out(`Patch: ${goJson(body)}\n`);
  const after = invocation.request('patch', mapping, {
    namespace,
    name,
    body,
    patchType: 'strategic',
    fieldManager: flags.string('field-manager'),
    fieldValidation: 'Strict',
  });
  say(after, 'edited');
}
