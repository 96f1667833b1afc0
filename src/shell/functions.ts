import type { Task } from '@/kubernetes/clock/task';
import type { Io } from './io';
import type { Node } from './language/syntax';
import { clearArray } from './language/arrays';
import { Leave } from './leave';
import type { Session } from './session';

/** How deep functions may call one another; bash has no such bound and dies of it. */
const deepest = 100;

/** Calls a function of the shell: its own `$1`, `$2`, …, and variables of its own as far as it says `local`. */
export function* callFunction(
  name: string,
  body: Node,
  args: readonly string[],
  session: Session,
  io: Io,
  execute: (node: Node, session: Session, io: Io) => Task<number>,
): Task<number> {
  const { parameters, locals } = session;
  if (locals.length >= deepest) {
    io.stderr(`${session.shell}: ${name}: maximum function nesting level exceeded (${deepest})\n`);
    throw new Leave('exit', 1);
  }
  const hidden = new Map<string, string | undefined>();
  locals.push(hidden);
  session.parameters = args;
  try {
    return yield* execute(body, session, io);
  } catch (problem) {
    if (problem instanceof Leave && problem.kind === 'return') return problem.code;
    throw problem;
  } finally {
    session.parameters = parameters;
    locals.pop();
    for (const variable of hidden.keys()) if (!variable.includes('[')) clearArray(variable, session);
    for (const [variable, value] of hidden) {
      if (value === undefined) session.variables.delete(variable);
      else session.variables.set(variable, value);
    }
  }
}
