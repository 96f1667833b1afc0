/** An object of a `kubectl get -o yaml` listing, of which nothing is known yet. */
export type Listed = Readonly<Record<string, unknown>>;

/** The value at a path, when it is an object. */
export function objectAt(value: unknown, ...path: readonly string[]): Listed {
  let here = value;
  for (const name of path) here = isListed(here) ? here[name] : undefined;
  return isListed(here) ? here : {};
}

/** Whether it is an object as a cluster lists it. */
export function isListed(value: unknown): value is Listed {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The objects of a list; anything else in it is left out. */
export function objectsOf(value: unknown): Listed[] {
  return Array.isArray(value) ? value.filter(isListed) : [];
}

/** A text that is one; undefined for all else. */
export function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** The entries of a map whose values are texts; undefined when there is none. */
export function textsOf(
  value: unknown,
  keep: (key: string) => boolean = () => true,
): Record<string, string> | undefined {
  const found = Object.entries(objectAt(value)).flatMap(([key, entry]) =>
    (typeof entry === 'string' || typeof entry === 'number') && keep(key) ? [[key, String(entry)] as const] : [],
  );
  return found.length > 0 ? Object.fromEntries(found) : undefined;
}

/** The fields of an object that are named, where it has them. */
export function pick(value: Listed, names: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(names.flatMap((name) => (value[name] === undefined ? [] : [[name, value[name]]])));
}
