import { BoundedRegExp } from '../language/bounded-regexp';
import { type ShellCommand, plain } from '../command';
import { extendedRegExp } from './regular-expression';

/** What expr refuses: exit code 2. */
class ExprProblem extends Error {}

const levels = [['|'], ['&'], ['=', '==', '!=', '<', '<=', '>', '>='], ['+', '-'], ['*', '/', '%'], [':']];
const isNumber = (text: string) => /^-?\d+$/.test(text);
const isTrue = (text: string) => text !== '' && !/^-?0+$/.test(text);

/** `expr`: whole numbers, comparisons, `:`, `match`, `substr`, `index`, `length`. Upstream: coreutils 9.1, src/expr.c. */
export const expr: ShellCommand = plain((args, { scene, stdout, stderr }) => {
  const words = args[0] === '--' ? args.slice(1) : [...args];
  try {
    const reader = new Reader(words, scene.busybox === true);
    const value = reader.value();
    stdout(`${value}\n`);
    return isTrue(value) ? 0 : 1;
  } catch (problem) {
    if (!(problem instanceof ExprProblem)) throw problem;
    stderr(`expr: ${problem.message}\n`);
    return 2;
  }
});

class Reader {
  private at = 0;

  constructor(
    private readonly words: readonly string[],
    private readonly busybox: boolean,
  ) {}

  value(): string {
    if (this.words.length === 0)
      throw new ExprProblem(
        this.busybox ? 'too few arguments' : "missing operand\nTry 'expr --help' for more information.",
      );
    const value = this.level(0);
    const left = this.words[this.at];
    if (left !== undefined)
      throw new ExprProblem(this.busybox ? 'syntax error' : `syntax error: unexpected argument ‘${left}’`);
    return value;
  }

  private level(depth: number): string {
    const signs = levels[depth];
    if (!signs) return this.primary();
    let left = this.level(depth + 1);
    for (let sign = this.words[this.at]; sign !== undefined && signs.includes(sign); sign = this.words[this.at]) {
      this.at++;
      left = this.apply(sign, left, this.level(depth + 1));
    }
    return left;
  }

  private apply(sign: string, left: string, right: string): string {
    switch (sign) {
      case '|':
        return isTrue(left) ? left : isTrue(right) ? right : '0';
      case '&':
        return isTrue(left) && isTrue(right) ? left : '0';
      case ':':
        return matched(left, right);
      case '+':
      case '-':
      case '*':
      case '/':
      case '%':
        return this.reckon(sign, left, right);
      default:
        return compared(sign, left, right) ? '1' : '0';
    }
  }

  private reckon(sign: string, left: string, right: string): string {
    if (!isNumber(left) || !isNumber(right))
      throw new ExprProblem(this.busybox ? 'non-numeric argument' : 'non-integer argument');
    const [a, b] = [BigInt(left), BigInt(right)];
    if (sign === '+') return String(a + b);
    if (sign === '-') return String(a - b);
    if (sign === '*') return String(a * b);
    if (b === 0n) throw new ExprProblem('division by zero');
    return String(sign === '/' ? a / b : a % b);
  }

  private primary(): string {
    const word = this.take();
    if (word === '(') {
      const value = this.level(0);
      if (this.take(')') !== ')') throw new ExprProblem('syntax error');
      return value;
    }
    // GNU: what follows is a word, whatever it says.
    if (word === '+' && !this.busybox) return this.take();
    if (word === 'length') return String(this.primary().length);
    if (word === 'match') return matched(this.primary(), this.primary());
    if (word === 'index') {
      const [text, letters] = [this.primary(), this.primary()];
      return String([...text].findIndex((one) => letters.includes(one)) + 1);
    }
    if (word === 'substr') {
      const [text, from, length] = [this.primary(), Number(this.primary()), Number(this.primary())];
      return from > 0 && length > 0 ? text.slice(from - 1, from - 1 + length) : '';
    }
    return word;
  }

  private take(wanted?: string): string {
    const word = this.words[this.at++];
    if (word !== undefined) return word;
    const last = this.words.at(-1) ?? '';
    const what = wanted === undefined ? 'missing argument' : `expecting ‘${wanted}’`;
    throw new ExprProblem(this.busybox ? 'syntax error' : `syntax error: ${what} after ‘${last}’`);
  }
}

function compared(sign: string, left: string, right: string): boolean {
  const [a, b] = isNumber(left) && isNumber(right) ? [BigInt(left), BigInt(right)] : [left, right];
  if (sign === '=' || sign === '==') return a === b;
  if (sign === '!=') return a !== b;
  if (sign === '<') return a < b;
  if (sign === '<=') return a <= b;
  return sign === '>' ? a > b : a >= b;
}

/** The first group of a match at the beginning, or how long it is. */
function matched(text: string, pattern: string): string {
  const source = extendedRegExp(pattern.replace(/^\^/, ''), 'basic');
  const found = new BoundedRegExp(`^(?:${source})`).exec(text);
  const groups = /\\\(/.test(pattern);
  return groups ? (found?.[1] ?? '') : String(found?.[0].length ?? 0);
}
