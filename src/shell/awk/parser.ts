import { ExpressionParser } from './expression-parser';
import { AwkProblem, type Expression, type Rule, type Statement } from './syntax';
import { Tokens } from './tokens';

/** Parses an awk program. Throws AwkProblem. */
export function parseAwk(text: string): Rule[] {
  return new ProgramParser(new Tokens(text)).rules();
}

class ProgramParser {
  private readonly expressions: ExpressionParser;

  constructor(private readonly tokens: Tokens) {
    this.expressions = new ExpressionParser(tokens);
  }

  rules(): Rule[] {
    const { tokens } = this;
    const rules: Rule[] = [];
    tokens.skipSeparators();
    while (tokens.peek().kind !== 'end') {
      const when = this.when();
      const until = tokens.accept(',') ? this.expressions.expression() : undefined;
      rules.push({ when, until, body: tokens.is('{') ? this.statement() : undefined });
      tokens.skipSeparators();
    }
    return rules;
  }

  private when(): Rule['when'] {
    const { tokens } = this;
    if (tokens.isWord('BEGIN') || tokens.isWord('END')) return tokens.take().text === 'BEGIN' ? 'BEGIN' : 'END';
    return tokens.is('{') ? undefined : this.expressions.expression();
  }

  private statement(): Statement {
    const { tokens } = this;
    if (tokens.accept('{')) return this.block();
    const { kind, text } = tokens.peek();
    const word = kind === 'name' ? text : '';
    switch (word) {
      case 'if':
        return this.ifStatement();
      case 'while':
        tokens.take();
        return { kind: 'loop', condition: this.condition(), body: this.statement() };
      case 'for':
        return this.forStatement();
      case 'next':
      case 'break':
      case 'continue':
        tokens.take();
        return { kind: word };
      case 'exit':
        tokens.take();
        return { kind: 'exit', value: tokens.atEndOfStatement() ? undefined : this.expressions.expression() };
      case 'delete':
        tokens.take();
        return { kind: 'expression', value: { kind: 'call', name: 'delete', args: [this.expressions.primary()] } };
      case 'print':
      case 'printf':
        tokens.take();
        return {
          kind: 'print',
          values: tokens.atEndOfStatement() ? [] : this.expressions.list(';', true),
          format: text === 'printf',
        };
      default:
        return { kind: 'expression', value: this.expressions.expression() };
    }
  }

  private block(): Statement {
    const { tokens } = this;
    const body: Statement[] = [];
    tokens.skipSeparators();
    while (!tokens.accept('}')) {
      if (tokens.peek().kind === 'end') throw new AwkProblem('unexpected end of file');
      body.push(this.statement());
      tokens.skipSeparators();
    }
    return { kind: 'block', body };
  }

  /** `(…)` after `if` or `while`, and the newlines behind it. */
  private condition(): Expression {
    this.tokens.expect('(');
    const condition = this.expressions.expression();
    this.tokens.expect(')');
    this.tokens.skipLines();
    return condition;
  }

  private ifStatement(): Statement {
    this.tokens.take();
    const condition = this.condition();
    const yes = this.statement();
    if (!this.tokens.acceptWordBeyondSeparators('else')) return { kind: 'if', condition, yes };
    this.tokens.skipLines();
    return { kind: 'if', condition, yes, no: this.statement() };
  }

  private forStatement(): Statement {
    const { tokens, expressions } = this;
    tokens.take();
    tokens.expect('(');
    if (tokens.peek().kind === 'name' && tokens.peek(1).text === 'in') {
      const name = tokens.take().text;
      tokens.take();
      const array = tokens.take().text;
      tokens.expect(')');
      tokens.skipLines();
      return { kind: 'forIn', name, array, body: this.statement() };
    }
    const first = tokens.is(';') ? undefined : expressions.expression();
    tokens.expect(';');
    const condition = tokens.is(';') ? undefined : expressions.expression();
    tokens.expect(';');
    const step = tokens.is(')') ? undefined : expressions.expression();
    tokens.expect(')');
    tokens.skipLines();
    return { kind: 'loop', first, condition, step, body: this.statement() };
  }
}
