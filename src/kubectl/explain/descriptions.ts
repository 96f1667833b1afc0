/** `descriptions-v1.36.json`: texts once each; a schema names its own (-1: none) and those of its fields by number. */
export interface DescriptionFile {
  readonly texts: readonly string[];
  readonly schemas: Readonly<Record<string, DescriptionRow>>;
}

interface DescriptionRow {
  readonly own: number;
  readonly fields?: Readonly<Record<string, number | undefined>>;
}

let provided: DescriptionFile | undefined;

/**
 * Hands the descriptions to `kubectl explain`. They are large, so whoever hosts kubectl decides whether and when to
 * load them (`loadDescriptions` does both); without them explain says that they are missing. Undefined takes them away.
 */
export function provideDescriptions(file: DescriptionFile | undefined): void {
  provided = file;
}

export function hasDescriptions(): boolean {
  return provided !== undefined;
}

/** The description of a type; undefined when it has none. */
export function typeDescription(id: string): string | undefined {
  return provided?.texts[provided.schemas[id]?.own ?? -1];
}

/** The description of a field of a type; undefined when it has none. */
export function fieldDescription(id: string, field: string): string | undefined {
  return provided?.texts[provided.schemas[id]?.fields?.[field] ?? -1];
}
