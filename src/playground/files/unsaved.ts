import type { Action } from '../session/action';
import type { Workspace } from './workspace';

/**
 * What must be saved on the client machine so that its folder holds what the editor shows: open files that differ from
 * what the editor wrote last. `ready`: the files that lay there from the start. A file that was changed on the command
 * line since is left alone until it is changed in the editor, too.
 */
export function unsaved(
  workspace: Workspace,
  ready: Readonly<Record<string, string>>,
  actions: readonly Action[],
): Record<string, string> {
  const written = new Map(Object.entries(ready));
  for (const action of actions) {
    if (action.kind === 'apply') written.set(action.file, action.text);
    if (action.kind === 'run') for (const [name, text] of Object.entries(action.saved ?? {})) written.set(name, text);
  }
  return Object.fromEntries(
    workspace.files.filter(({ name, text }) => written.get(name) !== text).map(({ name, text }) => [name, text]),
  );
}
