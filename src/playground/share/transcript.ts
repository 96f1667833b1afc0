import type { Entry } from '../session/session';
import { clockText } from '../time';

/** The terminal as plain text: every prompt, what was printed, and how far the clock moved between. */
export function transcript(entries: readonly Entry[]): string {
  return entries
    .map(({ action, outcome }) => {
      if (outcome.line === undefined) return action.kind === 'run' ? '' : `# ${clockText(outcome.to)}\n`;
      const printed = outcome.output.map((part) => part.text).join('');
      const end = printed === '' || printed.endsWith('\n') ? printed : `${printed}\n`;
      return `${outcome.place ?? ''}$ ${outcome.line}\n${end}`;
    })
    .join('');
}
