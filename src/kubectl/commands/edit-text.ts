import type { Task } from '@/kubernetes/clock/task';
import { readManifest } from '@/manifest/read';
import { KubectlError } from '../errors';
import type { Invocation } from '../invocation';

const head = `# Please edit the object below. Lines beginning with a '#' will be ignored,
# and an empty file will abort the edit. If an error occurs while saving this file will be
# reopened with the relevant failures.
#
`;

/**
 * Opens the host's editor on a text, and waits until it is closed. Undefined when nothing was changed. Upstream:
 * kubectl/pkg/cmd/util/editor/editoptions.go. Throws where there is no editor.
 */
export function* editText(invocation: Invocation, text: string): Task<unknown> {
  const { edit } = invocation.context;
  if (!edit) throw new KubectlError('unable to launch the editor: there is no editor at this place');
  const before = head + text;
  const after = yield* edit(before);
  const lines = (one: string) =>
    one
      .split('\n')
      .filter((line) => !line.startsWith('#'))
      .join('\n');
  if (lines(after) === lines(before) || lines(after).trim() === '') return undefined;
  const { documents, errors } = readManifest(lines(after));
  if (errors[0]) throw new KubectlError(errors[0].message);
  return documents[0]?.value;
}
