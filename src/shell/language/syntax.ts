/** What the parser makes of a line. The grammar is in ../grammar.md. */
export type Node =
  | { readonly kind: 'list'; readonly items: readonly { readonly node: Node; readonly background: boolean }[] }
  | { readonly kind: 'and' | 'or'; readonly left: Node; readonly right: Node }
  | { readonly kind: 'not'; readonly body: Node }
  | { readonly kind: 'pipeline'; readonly stages: readonly Node[] }
  | { readonly kind: 'function'; readonly name: string; readonly body: Node }
  | Simple
  | Compound;

export interface Simple {
  readonly kind: 'simple';
  readonly assignments: readonly Assignment[];
  readonly words: readonly Word[];
  readonly redirects: readonly Redirect[];
  /** Arrays among the arguments of `declare` and its kin: set when the command has run. */
  readonly declared?: readonly Assignment[];
}

export interface Assignment {
  readonly name: string;
  readonly value: Word;
  /** `name+=value` */
  readonly append: boolean;
  /** `name[index]=value` */
  readonly index?: Word;
  /** `name=(words)`; of them `[key]=value` has a key of its own. */
  readonly items?: readonly { readonly key?: Word; readonly value: Word }[];
}

export type Compound =
  | { readonly kind: 'group'; readonly subshell: boolean; readonly body: Node; readonly redirects: readonly Redirect[] }
  | {
      readonly kind: 'for';
      readonly name: string;
      readonly words: readonly Word[];
      readonly body: Node;
      readonly redirects: readonly Redirect[];
    }
  | {
      readonly kind: 'while';
      readonly until: boolean;
      readonly condition: Node;
      readonly body: Node;
      readonly redirects: readonly Redirect[];
    }
  | {
      readonly kind: 'if';
      readonly branches: readonly { readonly condition: Node; readonly body: Node }[];
      readonly otherwise?: Node;
      readonly redirects: readonly Redirect[];
    }
  | {
      readonly kind: 'case';
      readonly subject: Word;
      readonly clauses: readonly { readonly patterns: readonly Word[]; readonly body: Node }[];
      readonly redirects: readonly Redirect[];
    }
  /** `[[ … ]]` */
  | { readonly kind: 'condition'; readonly condition: Condition; readonly redirects: readonly Redirect[] }
  /** `(( … ))` */
  | { readonly kind: 'arithmetic'; readonly expression: Word; readonly redirects: readonly Redirect[] }
  /** `for (( start; condition; step ))` */
  | {
      readonly kind: 'count';
      readonly start: Word;
      readonly condition: Word;
      readonly step: Word;
      readonly body: Node;
      readonly redirects: readonly Redirect[];
    };

/** What `[[ … ]]` asks. */
export type Condition =
  | { readonly kind: 'unary'; readonly operator: string; readonly operand: Word }
  | { readonly kind: 'binary'; readonly operator: string; readonly left: Word; readonly right: Word }
  | { readonly kind: 'and' | 'or'; readonly left: Condition; readonly right: Condition }
  | { readonly kind: 'not'; readonly body: Condition };

export type Word = readonly Part[];

export type Part =
  | { readonly kind: 'text'; readonly text: string; readonly quoted: boolean }
  | {
      readonly kind: 'variable';
      readonly name: string;
      readonly operator?: string;
      readonly operand?: Word;
      /** What `${x/pattern/this}` puts in the pattern's place. */
      readonly replacement?: Word;
      readonly quoted: boolean;
      /** `${name[index]}`; `@` and `*` stand for all elements. */
      readonly index?: Word | '@' | '*';
    }
  /** `<(list)` */
  | { readonly kind: 'process'; readonly body: Node; readonly quoted: boolean }
  | { readonly kind: 'command'; readonly body: Node; readonly quoted: boolean }
  | { readonly kind: 'arithmetic'; readonly body: Word; readonly quoted: boolean };

export interface Redirect {
  readonly from: number;
  readonly operator: '>' | '>>' | '<' | '<<' | '<<<' | '>&' | '&>';
  /** The file, the descriptor, or (for `<<`) the text of the here-document. */
  target: Word;
}

/** The line is no sentence of the grammar. `incomplete`: more lines could still make it one. */
export class SyntaxProblem extends Error {
  constructor(
    message: string,
    readonly incomplete = false,
  ) {
    super(message);
  }
}
