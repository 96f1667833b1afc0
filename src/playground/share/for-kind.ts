import { kindBundle } from '@/course/export/kind-bundle';
import { type Board, worldOf } from '../state';
import type { Strings } from '../strings';
import { timedActions } from './scenario';

/** What was done here as one script for a real cluster made by kind. */
export function forKind(board: Board, t: Strings): string {
  const world = worldOf(board);
  if (!world) throw new Error('a playground needs a world');
  const files = Object.fromEntries(board.workspace.peek().files.map(({ name, text }) => [name, text]));
  let now = 0;
  const lines = timedActions(board.entries.peek()).flatMap((action) => {
    // Waits of less than a second are those of the reader's hand.
    const waited = Math.round((action.at - now) / 1000);
    now = action.at;
    const wait = waited >= 1 ? [`sleep ${waited}`] : [];
    if (action.kind === 'apply') {
      files[action.file] = action.text;
      return [...wait, `kubectl apply -f ${action.file}`];
    }
    // What went into a command while it ran was for this page's terminal.
    if (action.kind !== 'run') return wait;
    Object.assign(files, action.saved);
    return [...wait, action.place === 'client' ? action.line : `@${action.place} ${action.line}`];
  });
  return kindBundle({
    title: t.share.kindTitle,
    about: t.share.kindAbout,
    world,
    files,
    script: lines.join('\n'),
    seed: board.seed.peek(),
  });
}
