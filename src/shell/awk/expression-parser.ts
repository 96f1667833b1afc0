import { extendedRegExp } from '../commands/regular-expression';
import { BoundedRegExp } from '../language/bounded-regexp';
import { AwkProblem, type Expression } from './syntax';
import type { Tokens } from './tokens';

/** Operators from the loosest to the tightest; `cat` (two expressions side by side) lies between `~` and `+`. */
const levels: readonly (readonly string[])[] = [
  ['||'],
  ['&&'],
  ['~', '!~'],
  ['<', '<=', '==', '!=', '>', '>='],
  ['cat'],
  ['+', '-'],
  ['*', '/', '%'],
];

/** Reads awk's expressions. Throws AwkProblem. */
export class ExpressionParser {
  constructor(private readonly tokens: Tokens) {}

  /** `noIn`: `>` ends it, as after `print`, where a file follows. */
  expression(noIn = false): Expression {
    const left = this.choice(noIn);
    const operator = this.tokens.accept('=', '+=', '-=', '*=', '/=', '%=', '^=');
    return operator ? { kind: 'assign', operator, target: left, value: this.expression(noIn) } : left;
  }

  list(end: string, noIn = false): Expression[] {
    const list: Expression[] = [];
    if (this.tokens.is(end)) return list;
    do list.push(this.expression(noIn));
    while (this.tokens.accept(','));
    return list;
  }

  primary(): Expression {
    const { tokens } = this;
    if (tokens.accept('$')) return { kind: 'field', index: tokens.is('++', '--', '-') ? this.unary() : this.primary() };
    if (tokens.accept('(')) return this.closed(')');
    const token = tokens.take();
    switch (token.kind) {
      case 'number':
        return { kind: 'number', value: Number(token.text) };
      case 'string':
        return { kind: 'string', value: token.text };
      case 'regex':
        return { kind: 'regex', value: regex(token.text) };
      case 'name':
        return this.named(token.text);
      default:
        throw tokens.unexpected(token);
    }
  }

  /** A variable, an element of an array, or a call. */
  private named(name: string): Expression {
    const { tokens } = this;
    if (tokens.accept('[')) return { kind: 'element', name, key: this.closed(']') };
    if (!tokens.peek().spaced && tokens.accept('(')) {
      const args = this.list(')');
      tokens.expect(')');
      return { kind: 'call', name, args };
    }
    return name === 'length' ? { kind: 'call', name, args: [] } : { kind: 'name', name };
  }

  private closed(bracket: string): Expression {
    const inner = this.expression();
    this.tokens.expect(bracket);
    return inner;
  }

  private choice(noIn: boolean): Expression {
    const condition = this.level(0, noIn);
    if (!this.tokens.accept('?')) return condition;
    const yes = this.closed(':');
    return { kind: 'choice', condition, yes, no: this.expression() };
  }

  private level(index: number, noIn: boolean): Expression {
    const operators = levels[index];
    if (!operators) return this.unary();
    let left = this.level(index + 1, noIn);
    for (;;) {
      if (operators[0] === '~' && this.tokens.isWord('in')) {
        this.tokens.take();
        const array: Expression = { kind: 'name', name: this.tokens.take().text };
        left = { kind: 'call', name: 'in', args: [left, array] };
        continue;
      }
      const operator = operators[0] === 'cat' ? this.besides() : this.operator(operators, noIn);
      if (!operator) return left;
      left = { kind: 'binary', operator, left, right: this.level(index + 1, noIn) };
    }
  }

  private operator(operators: readonly string[], noIn: boolean): string | undefined {
    if (noIn && this.tokens.is('>')) return undefined;
    const operator = this.tokens.accept(...operators);
    if (operator) this.tokens.skipLines();
    return operator;
  }

  /** `cat` where another operand stands beside. */
  private besides(): 'cat' | undefined {
    const { kind, text } = this.tokens.peek();
    const operand =
      kind === 'name' ? text !== 'in' : kind === 'number' || kind === 'string' || this.tokens.is('(', '$');
    return operand ? 'cat' : undefined;
  }

  private unary(): Expression {
    const { tokens } = this;
    const operator = tokens.accept('!', '-', '+');
    if (operator) return { kind: 'unary', operator, operand: this.unary() };
    const by = tokens.accept('++', '--');
    if (by) return { kind: 'step', by: by === '++' ? 1 : -1, before: true, target: this.primary() };
    const target = this.primary();
    const after = tokens.accept('++', '--');
    const base: Expression = after ? { kind: 'step', by: after === '++' ? 1 : -1, before: false, target } : target;
    // From the right, and before a sign that stands in front.
    return tokens.accept('^') ? { kind: 'binary', operator: '^', left: base, right: this.unary() } : base;
  }
}

function regex(text: string): RegExp {
  try {
    return new BoundedRegExp(extendedRegExp(text.replace(/\\\//g, '/'), 'extended'));
  } catch {
    throw new AwkProblem(`regular expression compile failed: ${text}`);
  }
}
