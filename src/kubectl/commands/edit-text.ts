import type { Task } from '@/kubernetes/clock/task';
import { readManifest } from '@/manifest/read';
import { KubectlError } from '../errors';
import type { Invocation } from '../invocation';

/** What stands over a YAML text, in words for the reader. */
export const editHead = `# Please edit the object below. Lines beginning with a '#' will be ignored,
# and an empty file will abort the edit. If an error occurs while saving this file will be
# reopened with the relevant failures.
#
`;

/**
 * Opens the host's editor on a text, and waits until it is closed. Undefined when nothing was changed. Upstream:
 * kubectl/pkg/cmd/util/editor/editoptions.go. Throws where there is no editor.
 */
export function* editText(invocation: Invocation, text: string, head = editHead): Task<unknown> {
  const before = head + text;
  const after = yield* opened(invocation, before);
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
