/** awk's expressions and statements, as far as they are known here. */
export type Expression =
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'string'; readonly value: string }
  | { readonly kind: 'regex'; readonly value: RegExp }
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'field'; readonly index: Expression }
  | { readonly kind: 'element'; readonly name: string; readonly key: Expression }
  | { readonly kind: 'unary'; readonly operator: string; readonly operand: Expression }
  | { readonly kind: 'binary'; readonly operator: string; readonly left: Expression; readonly right: Expression }
  | { readonly kind: 'choice'; readonly condition: Expression; readonly yes: Expression; readonly no: Expression }
  | { readonly kind: 'assign'; readonly operator: string; readonly target: Expression; readonly value: Expression }
  | { readonly kind: 'step'; readonly by: 1 | -1; readonly before: boolean; readonly target: Expression }
  | { readonly kind: 'call'; readonly name: string; readonly args: readonly Expression[] };

/** What stands in an action's braces. */
export type Statement =
  | { readonly kind: 'expression'; readonly value: Expression }
  | { readonly kind: 'print'; readonly values: readonly Expression[]; readonly format: boolean }
  | { readonly kind: 'if'; readonly condition: Expression; readonly yes: Statement; readonly no?: Statement }
  | { readonly kind: 'forIn'; readonly name: string; readonly array: string; readonly body: Statement }
  | {
      readonly kind: 'loop';
      readonly first?: Expression;
      readonly condition?: Expression;
      readonly step?: Expression;
      readonly body: Statement;
    }
  | { readonly kind: 'block'; readonly body: readonly Statement[] }
  | { readonly kind: 'next' | 'break' | 'continue' }
  | { readonly kind: 'exit'; readonly value?: Expression };

/** `PATTERN { ACTION }`: what is done with the lines that the pattern chooses. */
export interface Rule {
  readonly when: 'BEGIN' | 'END' | Expression | undefined;
  /** `/begin/, /end/`: the last line of a range that `when` begins. */
  readonly until?: Expression;
  /** Undefined: print the line. */
  readonly body: Statement | undefined;
}

/** A wrong program, or one that cannot go on; the text is what awk says after its name. */
export class AwkProblem extends Error {}
