import { parse } from '@/shell/language/parser';
import { SyntaxProblem } from '@/shell/language/syntax';

/** One thing to type: at a place (undefined = where the last one was typed by default, the client), one or more lines. */
export interface Statement {
  readonly place?: string;
  readonly text: string;
}

/**
 * Cuts a script into the things one would type one after another: a line, or the lines that belong together (a
 * here-document, a loop). `@node1 ss -ltn` names the place. Empty lines and comments are left out.
 */
export function statements(script: string): Statement[] {
  const out: Statement[] = [];
  let pending = '';
  const finish = () => {
    const place = /^@(\S+)[ \t]+/.exec(pending);
    out.push(place ? { place: place[1], text: pending.slice(place[0].length) } : { text: pending });
    pending = '';
  };
  for (const line of script.split('\n')) {
    if (pending === '' && /^\s*(#.*)?$/.test(line)) continue;
    pending = pending === '' ? line : `${pending}\n${line}`;
    if (!needsMore(pending.replace(/^@\S+[ \t]+/, ''))) finish();
  }
  if (pending !== '') finish();
  return out;
}

function needsMore(text: string): boolean {
  try {
    parse(text);
    return false;
  } catch (problem) {
    return problem instanceof SyntaxProblem && problem.incomplete;
  }
}
