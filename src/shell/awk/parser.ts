import { extendedRegExp } from '../commands/regular-expression';
import { AwkProblem, type Expression, type Rule, type Statement } from './syntax';
import { BoundedRegExp } from '../language/bounded-regexp';

interface Token {
  readonly kind: 'number' | 'string' | 'regex' | 'name' | 'sign' | 'end';
  readonly text: string;
  /** A newline or blank stands before it (`f (x)` is no call). */
  readonly spaced: boolean;
}

const signs = [
  '&&',
  '||',
  '==',
  '!=',
  '<=',
  '>=',
  '++',
  '--',
  '+=',
  '-=',
  '*=',
  '/=',
  '%=',
  '!~',
  ...'+-*/%<>!~?:=(){}[],;$\n',
];

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

/** Parses an awk program. Throws AwkProblem. */
export function parseAwk(text: string): Rule[] {
  const tokens = tokenize(text);
  let at = 0;
  const peek = (): Token => tokens[at] ?? { kind: 'end', text: '', spaced: false };
  const is = (...texts: string[]) => peek().kind === 'sign' && texts.includes(peek().text);
  const isWord = (word: string) => peek().kind === 'name' && peek().text === word;
  const accept = (...texts: string[]): string | undefined => (is(...texts) ? tokens[at++]?.text : undefined);
  const expect = (sign: string) => {
    if (!accept(sign)) throw new AwkProblem(`syntax error at or near ${peek().text || 'end of file'}`);
  };
  const separators = () => {
    while (accept(';', '\n') !== undefined);
  };
  const lines = () => {
    while (accept('\n') !== undefined);
  };

  const expression = (noIn = false): Expression => {
    const left = choice(noIn);
    const operator = is('=', '+=', '-=', '*=', '/=', '%=') ? accept(peek().text) : undefined;
    if (!operator) return left;
    return { kind: 'assign', operator, target: left, value: expression(noIn) };
  };
  const choice = (noIn: boolean): Expression => {
    const condition = level(0, noIn);
    if (!accept('?')) return condition;
    const yes = expression();
    expect(':');
    return { kind: 'choice', condition, yes, no: expression() };
  };
  const level = (index: number, noIn: boolean): Expression => {
    const operators = levels[index];
    if (!operators) return unary();
    let left = level(index + 1, noIn);
    for (;;) {
      if (operators[0] === 'cat') {
        if (!beginsOperand()) return left;
        left = { kind: 'binary', operator: 'cat', left, right: level(index + 1, noIn) };
        continue;
      }
      if (noIn && is('>')) return left;
      const operator = accept(...operators);
      if (!operator) return left;
      lines();
      left = { kind: 'binary', operator, left, right: level(index + 1, noIn) };
    }
  };
  const beginsOperand = (): boolean => {
    const token = peek();
    if (token.kind === 'name') return token.text !== 'in';
    return ['number', 'string'].includes(token.kind) || is('(', '$');
  };
  const unary = (): Expression => {
    const operator = accept('!', '-', '+');
    if (operator) return { kind: 'unary', operator, operand: unary() };
    const by = accept('++', '--');
    if (by) return { kind: 'step', by: by === '++' ? 1 : -1, before: true, target: primary() };
    const target = primary();
    const after = accept('++', '--');
    return after ? { kind: 'step', by: after === '++' ? 1 : -1, before: false, target } : target;
  };
  const primary = (): Expression => {
    if (accept('$')) return { kind: 'field', index: is('++', '--', '-') ? unary() : primary() };
    if (accept('(')) {
      const inner = expression();
      expect(')');
      return inner;
    }
    const token = peek();
    at++;
    switch (token.kind) {
      case 'number':
        return { kind: 'number', value: Number(token.text) };
      case 'string':
        return { kind: 'string', value: token.text };
      case 'regex':
        return { kind: 'regex', value: regex(token.text) };
      case 'name':
        if (accept('[')) {
          const key = expression();
          expect(']');
          return { kind: 'element', name: token.text, key };
        }
        if (is('(') && !peek().spaced) {
          at++;
          const args = expressionList(')');
          expect(')');
          return { kind: 'call', name: token.text, args };
        }
        return token.text === 'length'
          ? { kind: 'call', name: 'length', args: [] }
          : { kind: 'name', name: token.text };
      default:
        throw new AwkProblem(`syntax error at or near ${token.text || 'end of file'}`);
    }
  };
  const expressionList = (end: string, noIn = false): Expression[] => {
    const list: Expression[] = [];
    if (is(end)) return list;
    do list.push(expression(noIn));
    while (accept(','));
    return list;
  };

  const statement = (): Statement => {
    if (accept('{')) {
      const body: Statement[] = [];
      separators();
      while (!is('}')) {
        if (peek().kind === 'end') throw new AwkProblem('unexpected end of file');
        body.push(statement());
        separators();
      }
      expect('}');
      return { kind: 'block', body };
    }
    const word = peek().kind === 'name' ? peek().text : '';
    if (!['print', 'printf', 'if', 'for', 'while', 'next', 'break', 'continue', 'exit', 'delete'].includes(word)) {
      return { kind: 'expression', value: expression() };
    }
    at++;
    switch (word) {
      case 'if': {
        expect('(');
        const condition = expression();
        expect(')');
        lines();
        const yes = statement();
        const mark = at;
        separators();
        if (isWord('else')) {
          at++;
          lines();
          return { kind: 'if', condition, yes, no: statement() };
        }
        at = mark;
        return { kind: 'if', condition, yes };
      }
      case 'while': {
        expect('(');
        const condition = expression();
        expect(')');
        lines();
        return { kind: 'loop', condition, body: statement() };
      }
      case 'for':
        return forStatement();
      case 'next':
      case 'break':
      case 'continue':
        return { kind: word };
      case 'exit':
        return { kind: 'exit', value: is(';', '\n', '}') || peek().kind === 'end' ? undefined : expression() };
      case 'delete':
        return { kind: 'expression', value: { kind: 'call', name: 'delete', args: [primary()] } };
      default: {
        const none = is(';', '\n', '}') || peek().kind === 'end';
        return { kind: 'print', values: none ? [] : expressionList(';', true), format: word === 'printf' };
      }
    }
  };
  const forStatement = (): Statement => {
    expect('(');
    if (tokens[at + 1]?.text === 'in' && tokens[at]?.kind === 'name') {
      const name = peek().text;
      const array = tokens[at + 2]?.text ?? '';
      at += 3;
      expect(')');
      lines();
      return { kind: 'forIn', name, array, body: statement() };
    }
    const first = is(';') ? undefined : expression();
    expect(';');
    const condition = is(';') ? undefined : expression();
    expect(';');
    const step = is(')') ? undefined : expression();
    expect(')');
    lines();
    return { kind: 'loop', first, condition, step, body: statement() };
  };

  const rules: Rule[] = [];
  separators();
  while (peek().kind !== 'end') {
    let when: Rule['when'];
    if (isWord('BEGIN') || isWord('END')) when = tokens[at++]?.text === 'BEGIN' ? 'BEGIN' : 'END';
    else if (!is('{')) when = expression();
    const until = accept(',') ? expression() : undefined;
    rules.push({ when, until, body: is('{') ? statement() : undefined });
    separators();
  }
  return rules;
}

function tokenize(text: string): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  while (at < text.length) {
    const rest = text.slice(at);
    const blank = /^(?:[ \t\r]|\\\n)+|^#[^\n]*/.exec(rest)?.[0];
    if (blank) {
      at += blank.length;
      continue;
    }
    const spaced = /\s/.test(text[at - 1] ?? '');
    const last = tokens.at(-1);
    const afterOperand =
      last !== undefined && (['number', 'string', 'name'].includes(last.kind) || [')', ']', '$'].includes(last.text));
    const number = /^(?:\d+\.?\d*|\.\d+)/.exec(rest)?.[0];
    const name = /^[A-Za-z_]\w*/.exec(rest)?.[0];
    if (number) tokens.push({ kind: 'number', text: number, spaced });
    else if (name) tokens.push({ kind: 'name', text: name, spaced });
    else if (rest.startsWith('"')) {
      const quoted = /^"((?:[^"\\]|\\[^])*)"/.exec(rest);
      if (!quoted) throw new AwkProblem('unterminated string');
      tokens.push({ kind: 'string', text: unescape(quoted[1] ?? ''), spaced });
      at += quoted[0].length;
      continue;
    } else if (rest.startsWith('/') && !afterOperand) {
      const pattern = /^\/((?:[^/\\\n]|\\.)*)\//.exec(rest);
      if (!pattern) throw new AwkProblem('unterminated regexp');
      tokens.push({ kind: 'regex', text: pattern[1] ?? '', spaced });
      at += pattern[0].length;
      continue;
    } else {
      const sign = signs.find((one) => rest.startsWith(one));
      if (!sign) throw new AwkProblem(`syntax error at or near ${rest[0] ?? ''}`);
      tokens.push({ kind: 'sign', text: sign, spaced });
      at += sign.length;
      continue;
    }
    at += (number ?? name ?? '').length;
  }
  return tokens;
}

function regex(text: string): RegExp {
  try {
    return new BoundedRegExp(extendedRegExp(text.replace(/\\\//g, '/'), 'extended'));
  } catch {
    throw new AwkProblem(`regular expression compile failed: ${text}`);
  }
}

function unescape(text: string): string {
  return text.replace(/\\(.)/gs, (_all, code: string) => ({ n: '\n', t: '\t', r: '\r' })[code] ?? code);
}
