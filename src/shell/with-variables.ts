import type { Task } from '@/kubernetes/clock/task';
import type { Session } from './session';

/** `NAME=value command`: set for the command alone. */
export function* withVariables(
  session: Session,
  assigned: readonly [string, string][],
  run: () => Task<number>,
): Task<number> {
  const before = assigned.map(([name]) => [name, session.variables.get(name), session.exported.has(name)] as const);
  for (const [name, value] of assigned) session.export(name, value);
  try {
    return yield* run();
  } finally {
    for (const [name, value, exported] of before) {
      if (value === undefined) session.variables.delete(name);
      else session.variables.set(name, value);
      if (!exported) session.exported.delete(name);
    }
  }
}
