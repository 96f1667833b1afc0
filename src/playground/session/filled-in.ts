import { readManifest } from '@/manifest/read';
import type { FieldPath } from '@/manifest/manifest';

const lastApplied = 'kubectl.kubernetes.io/last-applied-configuration';

/**
 * The lines (from 0) of an object's YAML that its author did not write: what defaulting, admission and the controllers
 * filled in below `spec`. Empty for an object that was not applied, where nobody knows what was written.
 */
export function filledIn(yaml: string): number[] {
  const [document] = readManifest(yaml).documents;
  const value = document?.value;
  const applied = appliedText(value);
  if (!document || applied === undefined) return [];
  const lines = new Set<number>();
  const visit = (path: FieldPath, is: unknown, was: unknown): void => {
    if (was === undefined) {
      const { key, value: range } = document.rangeOf(path);
      for (let line = (key ?? range).start.line; line <= range.end.line; line++) lines.add(line);
      return;
    }
    if (Array.isArray(is) && Array.isArray(was)) is.forEach((item, i) => visit([...path, i], item, was[i]));
    else if (isMap(is) && isMap(was))
      for (const [name, item] of Object.entries(is)) visit([...path, name], item, was[name]);
  };
  visit(['spec'], isMap(value) ? value.spec : undefined, applied);
  return [...lines].sort((a, b) => a - b);
}

/** The spec as it was applied. */
function appliedText(value: unknown): unknown {
  const metadata = isMap(value) && isMap(value.metadata) ? value.metadata : undefined;
  const annotations = isMap(metadata?.annotations) ? metadata.annotations : undefined;
  const text = annotations?.[lastApplied];
  if (typeof text !== 'string') return undefined;
  try {
    const applied: unknown = JSON.parse(text);
    return isMap(applied) ? (applied.spec ?? {}) : undefined;
  } catch {
    // Somebody wrote something else there.
    return undefined;
  }
}

function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
