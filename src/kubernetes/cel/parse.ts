import type { Expression, LoopMacro } from './expression';
import { numberOf, textOf } from './literals';
import { CelError, type CelIssue } from './source';
import { type Token, tokenize } from './tokens';

// Upstream: cel-go parser/gen/CEL.g4, parser/parser.go, parser/macro.go
const beginnings =
  "{'[', '{', '(', '.', '-', '!', 'true', 'false', 'null', NUM_FLOAT, NUM_INT, NUM_UINT, STRING, BYTES, IDENTIFIER}";
/** Whether an expression may begin with it. */
function begins({ kind, text }: Token): boolean {
  return kind === 'symbol' ? ['[', '{', '(', '.', '-', '!'].includes(text) : kind !== 'end' && text !== 'in';
}

const binary: readonly (readonly string[])[] = [
  ['||'],
  ['&&'],
  ['==', '!=', '<', '<=', '>', '>=', 'in'],
  ['+', '-'],
  ['*', '/', '%'],
];
const loops = new Set<string>(['all', 'exists', 'exists_one', 'map', 'filter'] satisfies LoopMacro[]);

/** Reads an expression. Throws a `CelError` with every complaint. */
export function parse(source: string): Expression {
  const { tokens, issues } = tokenize(source);
  const parser = new Parser(tokens, [...issues]);
  const expression = parser.whole();
  if (parser.issues.length > 0) throw new CelError(source, parser.issues);
  return expression;
}

class Parser {
  private at = 0;
  /** After a complaint nothing more is said until a token fits again. */
  private recovering = false;

  constructor(
    private readonly tokens: readonly Token[],
    readonly issues: CelIssue[],
  ) {}

  whole(): Expression {
    const expression = this.ternary();
    const rest = this.peek();
    if (rest.kind !== 'end') {
      const what = this.tokens[this.at + 1]?.kind === 'end' ? 'extraneous' : 'mismatched';
      this.complain(`${what} input '${rest.text}' expecting <EOF>`);
    }
    return expression;
  }

  private peek(): Token {
    return this.tokens[this.at] ?? { kind: 'end', text: '<EOF>', offset: 0 };
  }

  private next(): Token {
    const token = this.peek();
    this.at++;
    this.recovering = false;
    return token;
  }

  private is(...texts: readonly string[]): boolean {
    const { kind, text } = this.peek();
    return (kind === 'symbol' || text === 'in') && texts.includes(text);
  }

  private skip(text: string): boolean {
    if (!this.is(text)) return false;
    this.next();
    return true;
  }

  private expect(text: string): boolean {
    if (this.skip(text)) return true;
    this.complain(`mismatched input '${this.peek().text}' expecting '${text}'`);
    return false;
  }

  /** What follows a dot is no name. */
  private noName(): void {
    const { kind, text } = this.peek();
    this.complain(`no viable alternative at input '.${kind === 'end' ? '' : text}'`);
  }

  private complain(text: string, offset = this.peek().offset): void {
    if (!this.recovering) this.issues.push({ offset, text: `Syntax error: ${text}` });
    this.recovering = true;
  }

  private ternary(): Expression {
    const condition = this.binary(0);
    if (!this.is('?')) return condition;
    const { offset } = this.next();
    const yes = this.binary(0);
    if (!this.expect(':')) return condition;
    return { kind: 'call', name: '_?_:_', args: [condition, yes, this.ternary()], offset };
  }

  private binary(level: number): Expression {
    const operators = binary[level];
    if (!operators) return this.unary();
    let left = this.binary(level + 1);
    while (this.is(...operators)) {
      const { text, offset } = this.next();
      const name = text === 'in' ? '@in' : `_${text}_`;
      left = { kind: 'call', name, args: [left, this.binary(level + 1)], offset };
    }
    return left;
  }

  private unary(): Expression {
    const { text, offset } = this.peek();
    const following = this.tokens[this.at + 1];
    if (this.is('-') && following?.kind.startsWith('NUM_')) {
      this.next();
      return this.members({ kind: 'literal', value: numberOf(`-${this.next().text}`, following.kind), offset });
    }
    if (!this.is('-', '!')) return this.members(this.primary());
    this.next();
    return { kind: 'call', name: `${text}_`, args: [this.unary()], offset };
  }

  private members(start: Expression): Expression {
    let operand = start;
    while (this.is('.', '[')) {
      const { text, offset } = this.next();
      if (text === '[') {
        operand = { kind: 'call', name: '_[_]', args: [operand, this.ternary()], offset };
        this.expect(']');
      } else {
        operand = this.member(operand, offset);
      }
    }
    return operand;
  }

  private member(operand: Expression, dot: number): Expression {
    if (this.peek().kind !== 'IDENTIFIER') {
      this.noName();
      return operand;
    }
    const field = this.next().text.replace(/`/g, '');
    if (!this.is('(')) return { kind: 'select', operand, field, test: false, offset: dot };
    const { offset } = this.next();
    const args = this.items(')');
    return loops.has(field) && args.length >= 2
      ? this.loop(field as LoopMacro, operand, args, offset) // one of the names in the set
      : { kind: 'call', name: field, target: operand, args, offset };
  }

  private loop(macro: LoopMacro, over: Expression, args: readonly Expression[], offset: number): Expression {
    const [variable, second, third] = args;
    if (variable?.kind !== 'name' || !second) {
      this.issues.push({ offset: variable?.offset ?? offset, text: 'argument must be a simple name' });
      return over;
    }
    const [filter, body] = macro === 'map' && third ? [second, third] : [undefined, second];
    return { kind: 'loop', macro, over, variable: variable.name, body, offset, ...(filter && { filter }) };
  }

  private items(close: string): Expression[] {
    const out: Expression[] = [];
    while (!this.is(close) && this.peek().kind !== 'end') {
      out.push(this.ternary());
      if (!this.skip(',')) break;
    }
    this.expect(close);
    return out;
  }

  private primary(): Expression {
    const token = this.peek();
    const { kind, text, offset } = token;
    if (this.skip('(')) {
      const inside = this.ternary();
      this.expect(')');
      return inside;
    }
    if (this.skip('[')) return { kind: 'list', items: this.items(']'), offset };
    if (this.skip('{')) return { kind: 'map', entries: this.entries(), offset };
    if (this.skip('.')) {
      if (this.peek().kind === 'IDENTIFIER') return this.primary();
      this.noName();
      return { kind: 'literal', value: null, offset };
    }
    if (kind === 'symbol' || kind === 'end' || text === 'in') {
      // One token too many is passed over where the next one would do. antlr4 `singleTokenDeletion`
      const next = this.tokens[this.at + 1];
      const extraneous = kind !== 'end' && next !== undefined && begins(next);
      this.complain(`${extraneous ? 'extraneous' : 'mismatched'} input '${text}' expecting ${beginnings}`);
      if (!extraneous) return { kind: 'literal', value: null, offset };
      this.at++;
      return this.unary();
    }
    this.next();
    if (kind !== 'IDENTIFIER') {
      const value = kind === 'STRING' || kind === 'BYTES' ? textOf(text) : numberOf(text, kind);
      const wide = typeof value === 'bigint' && BigInt.asIntN(64, value) !== value;
      if (kind === 'NUM_INT' && wide) this.issues.push({ offset, text: 'invalid int literal' });
      const literal: Expression = { kind: 'literal', value, offset };
      return kind === 'BYTES' ? { kind: 'call', name: 'bytes', args: [literal], offset } : literal;
    }
    if (text === 'true' || text === 'false') return { kind: 'literal', value: text === 'true', offset };
    if (text === 'null') return { kind: 'literal', value: null, offset };
    return this.is('(') ? this.globalCall(text) : { kind: 'name', name: text, offset };
  }

  private globalCall(name: string): Expression {
    const { offset } = this.next();
    const args = this.items(')');
    const [first] = args;
    if (name !== 'has' || args.length !== 1) return { kind: 'call', name, args, offset };
    if (first?.kind === 'select') return { ...first, test: true, offset };
    this.issues.push({ offset: first?.offset ?? offset, text: 'invalid argument to has() macro' });
    return { kind: 'literal', value: null, offset };
  }

  private entries(): [Expression, Expression][] {
    const out: [Expression, Expression][] = [];
    while (!this.is('}') && this.peek().kind !== 'end') {
      const key = this.ternary();
      this.expect(':');
      out.push([key, this.ternary()]);
      if (!this.skip(',')) break;
    }
    this.expect('}');
    return out;
  }
}
