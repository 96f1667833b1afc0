/** Wrong arithmetic: the text after the command's own name. */
export class ArithmeticError extends Error {}

const binary: readonly (readonly string[])[] = [
  ['||'],
  ['&&'],
  ['==', '!='],
  ['<=', '>=', '<', '>'],
  ['+', '-'],
  ['*', '/', '%'],
];

/** The value of `$(( … ))`: whole numbers, the usual operators, variables by name (0 when they are no number). */
export function arithmetic(text: string, variable: (name: string) => string | undefined): number {
  let position = 0;
  const skip = () => {
    while (/\s/.test(text[position] ?? '')) position++;
  };
  const take = (operators: readonly string[]): string | undefined => {
    skip();
    const found = operators.find((operator) => text.startsWith(operator, position));
    if (found) position += found.length;
    return found;
  };
  const fail = (): never => {
    throw new ArithmeticError(
      `${text.trim()}: syntax error: operand expected (error token is "${text.slice(position)}")`,
    );
  };
  const level = (index: number): number => {
    const operators = binary[index];
    if (!operators) return unary();
    let left = level(index + 1);
    for (let operator = take(operators); operator; operator = take(operators))
      left = apply(operator, left, level(index + 1));
    return left;
  };
  const apply = (operator: string, left: number, right: number): number => {
    if ((operator === '/' || operator === '%') && right === 0)
      throw new ArithmeticError(`${text.trim()}: division by 0`);
    return operations[operator]?.(left, right) ?? 0;
  };
  const unary = (): number => {
    if (take(['-'])) return -unary();
    if (take(['+'])) return unary();
    if (take(['!'])) return unary() === 0 ? 1 : 0;
    if (take(['('])) {
      const value = level(0);
      return take([')']) ? value : fail();
    }
    skip();
    const token = /^(\d+|\$?[A-Za-z_]\w*)/.exec(text.slice(position))?.[0];
    if (!token) return fail();
    position += token.length;
    if (/^\d/.test(token)) return Number(token);
    return Math.trunc(Number(variable(token.replace('$', '')) ?? 0)) || 0;
  };
  if (text.trim() === '') return 0;
  const value = level(0);
  skip();
  return position < text.length ? fail() : value;
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
  '+': (a, b) => a + b,
  '-': (a, b) => a - b,
  '*': (a, b) => a * b,
  '/': (a, b) => Math.trunc(a / b),
  '%': (a, b) => a % b,
};
