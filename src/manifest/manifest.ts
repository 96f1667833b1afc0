/** A place in a text, counted from 0 as the Language Server Protocol counts: lines, then UTF-16 units. */
export interface Position {
  readonly line: number;
  readonly character: number;
}

/** From `start` (included) to `end` (excluded). */
export interface Range {
  readonly start: Position;
  readonly end: Position;
}

/** A change to a text: what stands in `range` becomes `newText`. */
export interface TextEdit {
  readonly range: Range;
  readonly newText: string;
}

/** Keys and list indexes from the document's root: `['spec', 'containers', 0, 'image']`. */
export type FieldPath = readonly (string | number)[];

/** Where a field stands in the text. */
export interface FieldRange {
  /** The key, where the last step of the path is one. */
  readonly key?: Range;
  readonly value: Range;
  /** False when the field is not in the text and this is its nearest parent that is. */
  readonly found: boolean;
}

/** What kind of trouble stopped the reading. */
export type ManifestErrorCode = 'yaml-syntax' | 'yaml-value' | 'json-syntax' | 'document-separator';

export interface ManifestError {
  readonly code: ManifestErrorCode;
  /** kubectl's own words after `error parsing FILE: `. */
  readonly message: string;
  readonly range: Range;
  /** Index of the document in which it happened. */
  readonly document: number;
}

/** One document of a file, as kubectl hands it to the API server. */
export interface ManifestDocument {
  /** Counted over the documents that hold something, from 0. */
  readonly index: number;
  /** Plain JSON as YAML→JSON conversion gives it. */
  readonly value: unknown;
  /** The document's content, from its first to its last node. */
  readonly range: Range;
  /**
   * Where a field stands. `path` is a list of steps, or a path in the API server's notation
   * (`spec.containers[0].ports[0].hostPort`). A field that is missing gives its nearest parent, with `found: false`.
   */
  rangeOf(path: FieldPath | string): FieldRange;
}

/** A file as kubectl reads it: reading ends at the first error, so there is at most one unless more were asked for. */
export interface Manifest {
  readonly documents: readonly ManifestDocument[];
  readonly errors: readonly ManifestError[];
}
