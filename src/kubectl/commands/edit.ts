import { isObject } from '@/kubernetes/api/object';
import { goTypeOf } from '@/kubernetes/apiserver/schema/go-type';
import type { Task } from '@/kubernetes/clock/task';
import { twoWayMergePatch } from '../apply/patch-diff';
import type { CommandDefinition } from '../command-tree';
import { KubectlError, throwAll } from '../errors';
import type { Invocation } from '../invocation';
import { bool, string } from '../flags/flag';
import { fieldManagerFlag, filenameFlags, printFlags, validateFlag } from '../flags/global-flags';
import { goJson } from '../output/go-json';
import { resultLine, withoutManagedFields } from '../output/printer';
import { toYaml } from '../output/yaml';
import { errorsOf, fileEntries, hasFiles, infosOf, namedEntries } from '../resource/builder';
import { apiVersionOf, fetchInfo } from '../resource/info';
import { editHead, editText } from './edit-text';

/** What is edited is YAML, or JSON when asked for. Upstream: editoptions.go `Complete`. */
function editFormat({ flags, facts }: Invocation): 'json' | 'yaml' {
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
  usage: '(RESOURCE/NAME | -f FILENAME)',
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
    const { flags, context } = invocation;
    const format = editFormat(invocation);
    const entries = hasFiles(invocation)
      ? fileEntries(invocation).map((entry) => ('info' in entry ? { info: fetchInfo(invocation, entry.info) } : entry))
      : namedEntries(invocation, { words: flags.args, selectAllByDefault: true });
    throwAll(errorsOf(entries));
    for (const { object, mapping, namespace, name } of infosOf(entries)) {
      const shown = withoutManagedFields(object);
      const edited = yield* editText(
        invocation,
        format === 'json' ? `${goJson(shown, 4)}\n` : toYaml(shown),
        format === 'json' ? '' : editHead,
      );
      if (!isObject(edited)) {
        invocation.err('Edit cancelled, no changes made.\n');
        continue;
      }
      const type = goTypeOf(apiVersionOf(mapping), mapping.kind, context.cluster.world.kubernetes);
      const body = twoWayMergePatch(shown, edited, type);
      const after = invocation.request('patch', mapping, {
        namespace,
        name,
        body,
        patchType: 'strategic',
        fieldManager: flags.string('field-manager'),
        fieldValidation: 'Strict',
      });
      invocation.out(resultLine(after, 'edited'));
    }
  },
};
