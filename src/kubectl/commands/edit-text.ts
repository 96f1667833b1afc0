import { type JsonObject, isObject } from '@/kubernetes/api/object';
import type { Task } from '@/kubernetes/clock/task';
import { readManifest } from '@/manifest/read';
import { KubectlError } from '../errors';
import type { Invocation } from '../invocation';
import { goJson } from '@/kubernetes/strconv/go-json';
import { toYaml } from '../output/yaml';

/** How an object is shown to who edits it. */
export type EditFormat = 'json' | 'yaml';

/** What stands over a YAML text, in words for the reader. Upstream: editoptions.go `editHeader`. */
const editHead = `# Please edit the object below. Lines beginning with a '#' will be ignored,
# and an empty file will abort the edit. If an error occurs while saving this file will be
# reopened with the relevant failures.
#
`;

/** The same where what was applied last is edited. */
export const lastAppliedHead = `# Please edit the 'last-applied-configuration' annotations below.
# Lines beginning with a '#' will be ignored, and an empty file will abort the edit.
#
`;

/**
 * Opens the host's editor on objects, several as a List, and waits until it is closed. Undefined when nothing was
 * changed, which it says. Upstream: kubectl/pkg/cmd/util/editor/editoptions.go `Run`. Throws where there is no editor.
 */
export function* editObjects(
  invocation: Invocation,
  objects: readonly JsonObject[],
  format: EditFormat = 'yaml',
  head = editHead,
): Task<JsonObject[] | undefined> {
  const [first] = objects;
  const shown =
    objects.length === 1 && first ? first : { apiVersion: 'v1', items: objects, kind: 'List', metadata: {} };
  const before = format === 'json' ? `${goJson(shown, 4)}\n` : head + toYaml(shown);
  const after = withoutComments(yield* opened(invocation, before));
  if (after === withoutComments(before)) {
    invocation.err('Edit cancelled, no changes made.\n');
    return undefined;
  }
  if (after.trim() === '') {
    invocation.err('Edit cancelled, saved file was empty.\n');
    return undefined;
  }
  const { documents, errors } = readManifest(after);
  if (errors[0]) throw new KubectlError(errors[0].message);
  return documents.flatMap(({ value }) => {
    if (!isObject(value)) return [];
    return value.kind === 'List' && Array.isArray(value.items) ? value.items.filter(isObject) : [value];
  });
}

function withoutComments(text: string): string {
  const lines = text.split('\n').filter((line) => !line.startsWith('#'));
  return lines.join('\n');
}

/**
 * What the editor makes of a text: a program of `KUBE_EDITOR` or `EDITOR` that only reads (`cat`, `true`), one that
 * fails (`false`), else the host's. Upstream: kubectl/pkg/cmd/util/editor/editor.go `NewDefaultEditor`, `Launch`.
 */
function* opened({ context }: Invocation, text: string): Task<string> {
  const { edit, environment } = context;
  const program = environment.get('KUBE_EDITOR') || environment.get('EDITOR') || '';
  if (program === 'cat') context.stdout(text);
  if (program === 'cat' || program === 'true') return text;
  if (program === 'false') throw new KubectlError('there was a problem with the editor "false"');
  if (edit) return yield* edit(text);
  if (program !== '') throw new KubectlError(`unable to launch the editor "${program}"`);
  throw new KubectlError('unable to launch the editor: there is no editor at this place');
}
