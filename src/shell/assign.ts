import type { Task } from '@/kubernetes/clock/task';
import { clearArray, elementName, nextKey } from './language/arrays';
import { type Substitute, expandText, expandWords, keyOf } from './language/expand';
import { type Assignment, SyntaxProblem } from './language/syntax';
import type { Session } from './session';

/** The variables that assignments set, with their values; an array that is set anew loses its elements first. */
export function* assignedBy(
  assignments: readonly Assignment[],
  session: Session,
  substitute: Substitute,
): Task<[string, string][]> {
  const set: [string, string][] = [];
  for (const assignment of assignments) set.push(...(yield* assigned(assignment, session, substitute)));
  return set;
}

function* assigned(
  { name, value, append, index, items }: Assignment,
  session: Session,
  substitute: Substitute,
): Task<[string, string][]> {
  if (!items) {
    const place = index ? elementName(name, yield* keyOf(name, index, session, substitute)) : name;
    const before = append ? (session.variables.get(place) ?? '') : '';
    return [[place, before + (yield* expandText(value, session, substitute))]];
  }
  // Only bash has arrays; the sh of containers (dash, busybox) has none.
  if (session.shell !== 'bash') throw new SyntaxProblem('syntax error: unexpected "("');
  const set: [string, string][] = [];
  let next = append ? nextKey(name, session) : 0;
  for (const item of items) {
    if (item.key) {
      const key = yield* keyOf(name, item.key, session, substitute);
      set.push([elementName(name, key), yield* expandText(item.value, session, substitute)]);
      next = Number(key) + 1;
    } else
      for (const field of yield* expandWords([item.value], session, substitute))
        set.push([elementName(name, String(next++)), field]);
  }
  if (!append) clearArray(name, session);
  return set;
}
