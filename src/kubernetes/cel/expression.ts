/** An expression after parsing; `offset` is where cel-go would point. */
export type Expression =
  | { readonly kind: 'literal'; readonly value: LiteralValue; readonly offset: number }
  | { readonly kind: 'name'; readonly name: string; readonly offset: number }
  | {
      readonly kind: 'select';
      readonly operand: Expression;
      readonly field: string;
      /** `has(a.b)` */
      readonly test: boolean;
      readonly offset: number;
    }
  | {
      readonly kind: 'call';
      readonly name: string;
      readonly target?: Expression;
      readonly args: readonly Expression[];
      readonly offset: number;
    }
  | { readonly kind: 'list'; readonly items: readonly Expression[]; readonly offset: number }
  | {
      readonly kind: 'map';
      readonly entries: readonly (readonly [key: Expression, value: Expression])[];
      readonly offset: number;
    }
  | {
      readonly kind: 'loop';
      readonly macro: LoopMacro;
      readonly over: Expression;
      readonly variable: string;
      readonly filter?: Expression;
      readonly body: Expression;
      readonly offset: number;
    };

export type LoopMacro = 'all' | 'exists' | 'exists_one' | 'map' | 'filter';

/** Whole numbers are bigints, fractions numbers. */
export type LiteralValue = null | boolean | bigint | number | string;
