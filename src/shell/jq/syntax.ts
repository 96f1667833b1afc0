/** What jq works on. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** `reduce SOURCE as PATTERN (START; UPDATE)` and `foreach`, which can tell of each state besides. */
export interface Fold {
  readonly kind: 'reduce' | 'foreach';
  readonly source: Filter;
  readonly pattern: Pattern;
  readonly start: Filter;
  readonly update: Filter;
  readonly extract?: Filter;
}

/** What jq's parser makes of a filter. */
export type Filter =
  | { readonly kind: 'identity' | 'recurse' }
  | { readonly kind: 'literal'; readonly value: Json }
  /** A text with filters in it; `format`: how they are written (`@sh "…"`). */
  | { readonly kind: 'text'; readonly parts: readonly (string | Filter)[]; readonly format?: string }
  | { readonly kind: 'format'; readonly name: string }
  | { readonly kind: 'index'; readonly of: Filter; readonly key: Filter }
  | { readonly kind: 'slice'; readonly of: Filter; readonly from?: Filter; readonly to?: Filter }
  | { readonly kind: 'each'; readonly of: Filter }
  | { readonly kind: 'try'; readonly body: Filter; readonly handler?: Filter }
  | { readonly kind: 'pipe' | 'comma'; readonly left: Filter; readonly right: Filter }
  | { readonly kind: 'binary'; readonly operator: string; readonly left: Filter; readonly right: Filter }
  | { readonly kind: 'negate'; readonly body: Filter }
  | { readonly kind: 'array'; readonly body?: Filter }
  | { readonly kind: 'object'; readonly entries: readonly { readonly key: Filter; readonly value: Filter }[] }
  | { readonly kind: 'if'; readonly condition: Filter; readonly then: Filter; readonly otherwise?: Filter }
  | { readonly kind: 'variable'; readonly name: string }
  | { readonly kind: 'bind'; readonly source: Filter; readonly pattern: Pattern; readonly body: Filter }
  | Fold
  | { readonly kind: 'call'; readonly name: string; readonly args: readonly Filter[] }
  | {
      readonly kind: 'define';
      readonly name: string;
      readonly parameters: readonly string[];
      readonly body: Filter;
      readonly rest: Filter;
    };

/** `$x`, `[$a, $b]`, `{name: $n, $m}`. */
export type Pattern =
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'list'; readonly items: readonly Pattern[] }
  | { readonly kind: 'fields'; readonly fields: readonly { readonly key: string; readonly pattern: Pattern }[] };

/** The text is no filter. */
export class JqSyntax extends Error {
  constructor(
    message: string,
    /** Where in the text. */
    readonly at: number,
  ) {
    super(message);
  }
}

/** A filter failed on a value: `Cannot iterate over null (null)`. */
export class JqFailure extends Error {
  constructor(readonly value: Json) {
    super(typeof value === 'string' ? value : `${JSON.stringify(value)} (not a string)`);
  }
}
