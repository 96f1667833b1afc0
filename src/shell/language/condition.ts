import type { Scanner } from './scanner';
import { type Condition, SyntaxProblem, type Word } from './syntax';

const unary = new Set([...'aefdrwxsnzhLpSbcgkutvoGNO'].map((letter) => `-${letter}`));
const binary = ['==', '=~', '!=', '=', '<', '>', '-eq', '-ne', '-lt', '-le', '-gt', '-ge', '-nt', '-ot', '-ef'];

/**
 * What stands between `[[` and `]]`: words that are neither split nor matched with files, `!`, `&&`, `||` and
 * parentheses. `word` reads a word; with `true`, one in which only a blank ends it (a regular expression).
 */
export function readCondition(scanner: Scanner, word: (regular: boolean) => Word | undefined): Condition {
  const blanks = () => {
    scanner.blanks();
    while (scanner.peek() === '\n') {
      scanner.next();
      scanner.blanks();
    }
  };
  const accept = (text: string): boolean => {
    blanks();
    return scanner.accept(text);
  };
  const need = (regular = false): Word => {
    blanks();
    const found = closing() ? undefined : word(regular);
    if (found) return found;
    if (scanner.done) throw new SyntaxProblem('syntax error: unexpected end of file', true);
    const token = closing() ? ']]' : scanner.match(/&&|\|\||[;&|<>()]/);
    throw new SyntaxProblem(`syntax error near unexpected token \`${token}'`);
  };
  const closing = (): boolean => {
    blanks();
    return /^\]\](?:[\s;&|<>()]|$)/.test(scanner.text.slice(scanner.position, scanner.position + 3));
  };
  const either = (): Condition => {
    let left = both();
    while (accept('||')) left = { kind: 'or', left, right: both() };
    return left;
  };
  const both = (): Condition => {
    let left = single();
    while (accept('&&')) left = { kind: 'and', left, right: single() };
    return left;
  };
  const single = (): Condition => {
    blanks();
    if (/^!\s/.test(scanner.peek() + scanner.peek(1))) {
      scanner.next();
      return { kind: 'not', body: single() };
    }
    if (scanner.accept('(')) {
      const inside = either();
      if (!accept(')')) need();
      return inside;
    }
    const first = need();
    const sign = bare(first);
    if (sign !== undefined && unary.has(sign) && !operatorAhead() && !closing())
      return { kind: 'unary', operator: sign, operand: need() };
    const operator = operatorAhead();
    if (operator === undefined) return { kind: 'unary', operator: '-n', operand: first };
    scanner.position += operator.length;
    return { kind: 'binary', operator, left: first, right: need(operator === '=~') };
  };
  const operatorAhead = (): string | undefined => {
    blanks();
    return binary.find((one) => scanner.startsWith(one) && /^\s$/.test(scanner.peek(one.length)));
  };
  const condition = either();
  if (!closing()) need();
  scanner.position += 2;
  return condition;
}

function bare(word: Word): string | undefined {
  const [only] = word;
  return word.length === 1 && only?.kind === 'text' && !only.quoted ? only.text : undefined;
}
