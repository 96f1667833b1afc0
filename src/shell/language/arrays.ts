import type { Session } from '../session';

/**
 * The elements of bash's arrays are variables of the session: the first (`name[0]`) is the one that has the array's own
 * name, as `$name` reads it; the others are called `name[1]`, `name[key]`. Copies for subshells then take them along.
 */
export function elementName(name: string, key: string): string {
  return key === '0' ? name : `${name}[${key}]`;
}

/** The keys of an array, numbers in their order; one, for a plain variable. */
export function keysOf(name: string, session: Session): string[] {
  const keys = session.variables.has(name) ? ['0'] : [];
  const prefix = `${name}[`;
  for (const one of session.variables.keys()) if (one.startsWith(prefix)) keys.push(one.slice(prefix.length, -1));
  return session.associative.has(name) ? keys : keys.sort((a, b) => Number(a) - Number(b));
}

/** What stands under the keys. */
export function elementsOf(name: string, session: Session): string[] {
  return keysOf(name, session).map((key) => session.variables.get(elementName(name, key)) ?? '');
}

/** The place after the last element. */
export function nextKey(name: string, session: Session): number {
  return Number(keysOf(name, session).at(-1) ?? -1) + 1;
}

/** Takes all elements away. */
export function clearArray(name: string, session: Session): void {
  for (const key of keysOf(name, session)) session.variables.delete(elementName(name, key));
}

/** Makes the array of these elements, from `first` on. */
export function fillArray(name: string, values: readonly string[], session: Session, first = 0): void {
  for (const [i, value] of values.entries()) session.variables.set(elementName(name, String(first + i)), value);
}
