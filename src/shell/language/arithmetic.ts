/** Wrong arithmetic: the text after the command's own name. */
export class ArithmeticError extends Error {}

/** The variables that an expression reads and sets. */
export interface ArithmeticNames {
  get(name: string): string | undefined;
  set(name: string, value: string): void;
}

const token =
  /\s*(\d+#?\w*|\$?[A-Za-z_]\w*(?:\[[^\]]*\])?|<<=|>>=|\*\*|<<|>>|\+\+|--|&&|\|\||[-+*/%&|^<>=!]=|[-+*/%&|^<>=!~?:(),])/y;

/** Binary operators, the loosest first; those of one line bind alike, from the left. */
const binary: readonly (readonly string[])[] = [
  ['||'],
  ['&&'],
  ['|'],
  ['^'],
  ['&'],
  ['==', '!='],
  ['<=', '>=', '<', '>'],
  ['<<', '>>'],
  ['+', '-'],
  ['*', '/', '%'],
];

const assigning = ['=', '+=', '-=', '*=', '/=', '%=', '&=', '|=', '^=', '<<=', '>>='];

/** How deep a variable may name another one. */
const deepest = 50;

/**
 * The value of `$(( … ))`: whole numbers, C's operators, variables by name (what they hold is an expression again; 0 when
 * they are not set). Upstream: bash's expr.c, whose messages these are.
 */
export function arithmetic(text: string, names: ArithmeticNames, depth = 0): number {
  let position = 0;
  let word = '';
  let begin = 0;
  /** Below 1 while a side is read that must not take effect: the right one of `0 && x++`. */
  let live = 1;
  const advance = () => {
    token.lastIndex = position;
    const found = token.exec(text);
    const blanks = /^\s*/.exec(text.slice(position))?.[0].length ?? 0;
    begin = position + blanks;
    word = found?.[1] ?? text.slice(begin, begin + 1);
    position = begin + word.length;
  };
  const fail = (what: string): never => {
    throw new ArithmeticError(`${text.trimStart()}: ${what} (error token is "${text.slice(begin)}")`);
  };
  const accept = (operators: readonly string[]): string | undefined => {
    const found = operators.includes(word) && word !== '' ? word : undefined;
    if (found !== undefined) advance();
    return found;
  };
  const silently = (run: () => number, quiet: boolean): number => {
    if (quiet) live--;
    const value = run();
    if (quiet) live++;
    return value;
  };
  const read = (name: string): number => {
    const value = names.get(name)?.trim() ?? '';
    if (/^-?\d+$/.test(value) && !/^-?0\d/.test(value)) return Number(value);
    if (depth > deepest) return fail('expression recursion level exceeded');
    return value === '' ? 0 : arithmetic(value, names, depth + 1);
  };
  const write = (name: string, value: number): number => {
    if (live > 0) names.set(name, String(value));
    return value;
  };
  const apply = (operator: string, left: number, right: number, at: number): number => {
    if ((operator === '/' || operator === '%') && right === 0) {
      if (live < 1) return 0;
      begin = at;
      return fail('division by 0');
    }
    return (operations[operator]?.(left, right) ?? 0) + 0;
  };
  const comma = (): number => {
    let value = assignment();
    while (accept([','])) value = assignment();
    return value;
  };
  const assignment = (): number => {
    const [at, first, from] = [position, word, begin];
    const name = nameOf(first);
    if (name !== undefined) {
      advance();
      const operator = accept(assigning);
      if (operator !== undefined) {
        const start = begin;
        const right = assignment();
        return write(name, operator === '=' ? right : apply(operator.slice(0, -1), read(name), right, start));
      }
      [position, word, begin] = [at, first, from];
    }
    return choice();
  };
  const choice = (): number => {
    const condition = level(0);
    if (!accept(['?'])) return condition;
    const yes = silently(assignment, condition === 0);
    if (!accept([':'])) fail("`:' expected for conditional expression");
    const no = silently(assignment, condition !== 0);
    return condition === 0 ? no : yes;
  };
  const level = (index: number): number => {
    const operators = binary[index];
    if (!operators) return power();
    let left = level(index + 1);
    for (let operator = accept(operators); operator; operator = accept(operators)) {
      const at = begin;
      const skip = (operator === '||' && left !== 0) || (operator === '&&' && left === 0);
      const right = silently(() => level(index + 1), skip);
      left = apply(operator, left, right, at);
    }
    return left;
  };
  const power = (): number => {
    const base = unary();
    if (!accept(['**'])) return base;
    const begun = begin;
    const exponent = power();
    if (exponent >= 0) return operations['**']?.(base, exponent) ?? 0;
    begin = begun;
    return fail('exponent less than 0');
  };
  const unary = (): number => {
    const step = accept(['++', '--']);
    if (step) {
      const name = nameOf(word) ?? fail('syntax error: operand expected');
      advance();
      return write(name, read(name) + (step === '++' ? 1 : -1));
    }
    if (accept(['-'])) return 0 - unary();
    if (accept(['+'])) return unary();
    if (accept(['!'])) return unary() === 0 ? 1 : 0;
    if (accept(['~'])) return -unary() - 1;
    if (accept(['('])) {
      const value = comma();
      if (!accept([')'])) fail("missing `)'");
      return value;
    }
    return operand();
  };
  const operand = (): number => {
    const name = nameOf(word);
    if (name !== undefined) {
      advance();
      const value = read(name);
      const step = accept(['++', '--']);
      if (step) write(name, value + (step === '++' ? 1 : -1));
      return value;
    }
    if (!/^\d/.test(word)) return fail('syntax error: operand expected');
    const value = numberOf(word) ?? fail('value too great for base');
    advance();
    return value;
  };
  if (text.trim() === '') return 0;
  advance();
  const value = comma();
  return word === '' ? value : fail('syntax error in expression');
}

function nameOf(word: string): string | undefined {
  return /^\$?[A-Za-z_]/.test(word) ? word.replace('$', '') : undefined;
}

/** `31`, `0x1f`, `037`, `2#101`. */
function numberOf(text: string): number | undefined {
  const [base, digits] = /^0x/i.test(text)
    ? [16, text.slice(2)]
    : text.includes('#')
      ? [Number(text.split('#')[0]), text.split('#')[1] ?? '']
      : [/^0\d/.test(text) ? 8 : 10, text];
  const values = [...digits.toLowerCase()].map((digit) => parseInt(digit, 36));
  if (values.some((value) => Number.isNaN(value) || value >= base)) return undefined;
  return values.reduce((sum, value) => sum * base + value, 0);
}

const bits = (run: (a: bigint, b: bigint) => bigint) => (a: number, b: number) =>
  Number(BigInt.asIntN(64, run(BigInt(a), BigInt(b))));

/** A whole number of 64 bits, as far as it cannot be told without. */
const whole =
  (run: (a: bigint, b: bigint) => bigint, quick: (a: number, b: number) => number) => (a: number, b: number) => {
    const value = quick(a, b);
    return Number.isSafeInteger(value) ? value : bits(run)(a, b);
  };

function raised(base: bigint, exponent: bigint): bigint {
  let value = 1n;
  for (let square = base, left = exponent; left > 0n; left >>= 1n) {
    if (left & 1n) value = BigInt.asIntN(64, value * square);
    square = BigInt.asIntN(64, square * square);
  }
  return value;
}

const operations: Readonly<Record<string, (left: number, right: number) => number>> = {
  '||': (a, b) => (a || b ? 1 : 0),
  '&&': (a, b) => (a && b ? 1 : 0),
  '==': (a, b) => (a === b ? 1 : 0),
  '!=': (a, b) => (a !== b ? 1 : 0),
  '<=': (a, b) => (a <= b ? 1 : 0),
  '>=': (a, b) => (a >= b ? 1 : 0),
  '<': (a, b) => (a < b ? 1 : 0),
  '>': (a, b) => (a > b ? 1 : 0),
  '|': bits((a, b) => a | b),
  '^': bits((a, b) => a ^ b),
  '&': bits((a, b) => a & b),
  '<<': bits((a, b) => a << (b & 63n)),
  '>>': bits((a, b) => a >> (b & 63n)),
  '+': whole(
    (a, b) => a + b,
    (a, b) => a + b,
  ),
  '-': whole(
    (a, b) => a - b,
    (a, b) => a - b,
  ),
  '*': whole(
    (a, b) => a * b,
    (a, b) => a * b,
  ),
  '**': whole(raised, (a, b) => a ** b),
  '/': (a, b) => Math.trunc(a / b),
  '%': (a, b) => a % b,
};
