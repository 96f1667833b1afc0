import type { KubernetesVersion } from '@/kubernetes/api/kind';

/** `descriptions-v1.36.json`: texts once each; a schema names its own (-1: none) and those of its fields by number. */
export interface DescriptionFile {
  readonly texts: readonly string[];
  readonly schemas: Readonly<Record<string, DescriptionRow>>;
}

interface DescriptionRow {
  readonly own: number;
  readonly fields?: Readonly<Record<string, number | undefined>>;
}

/**
 * `api/versions/descriptions.json`: for every older minor, by schema, the texts that are not those of the next newer
 * one; null where it has none.
 */
export type OlderDescriptions = Readonly<
  Record<Exclude<KubernetesVersion, '1.36'>, Readonly<Record<string, OlderRow | null | undefined>>>
>;

interface OlderRow {
  readonly own?: string | null;
  readonly fields?: Readonly<Record<string, string | null | undefined>>;
}

let provided: DescriptionFile | undefined;
let older: OlderDescriptions | undefined;

/**
 * Hands the descriptions to `kubectl explain`. They are large, so whoever hosts kubectl decides whether and when to
 * load them (`loadDescriptions` does both); without them explain says that they are missing. Undefined takes them away.
 */
export function provideDescriptions(file: DescriptionFile | undefined): void {
  provided = file;
}

/** The same for what older minors say otherwise. */
export function provideOlderDescriptions(file: OlderDescriptions | undefined): void {
  older = file;
}

/** Whether there is all that the server of a minor says. */
export function hasDescriptions(minor: KubernetesVersion): boolean {
  return provided !== undefined && (minor === '1.36' || older !== undefined);
}

/** The description of a type; undefined when it has none. */
export function typeDescription(id: string, minor: KubernetesVersion): string | undefined {
  if (!provided || !hasDescriptions(minor)) return undefined;
  const text = olderText(minor, id, (row) => row.own);
  return text === undefined ? provided.texts[provided.schemas[id]?.own ?? -1] : (text ?? undefined);
}

/** The description of a field of a type; undefined when it has none. */
export function fieldDescription(id: string, field: string, minor: KubernetesVersion): string | undefined {
  if (!provided || !hasDescriptions(minor)) return undefined;
  const text = olderText(minor, id, (row) => row.fields?.[field]);
  return text === undefined ? provided.texts[provided.schemas[id]?.fields?.[field] ?? -1] : (text ?? undefined);
}

/** Undefined: as in the newest minor. Null: none. */
function olderText(
  minor: KubernetesVersion,
  id: string,
  pick: (row: OlderRow) => string | null | undefined,
): string | null | undefined {
  for (const step of ['1.34', '1.35'] as const) {
    if (step < minor) continue;
    const row = older?.[step][id];
    const text = row ? pick(row) : row;
    if (text !== undefined) return text;
  }
  return undefined;
}
