import type { Action } from './session/action';
import type { Strings } from './strings';
import { clockText } from './time';

/** What an action is called, where it is told of: the line that was typed, or the button. */
export function nameOf(action: Action, t: Strings): string {
  switch (action.kind) {
    case 'run':
    case 'killed':
      return action.line;
    case 'apply':
      return `${t.play.apply} ${action.file}`;
    case 'advance':
      return `+${clockText(action.by)}`;
    case 'reach':
      return clockText(action.at);
    case 'next':
      return t.time.next;
    case 'quiet':
      return t.time.quiet;
    case 'interrupt':
      return t.terminal.interrupted(action.place);
    case 'edited':
      return t.terminal.edited(action.place);
  }
}
