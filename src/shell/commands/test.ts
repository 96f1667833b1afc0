import { type ShellCommand, type ShellContext, plain } from '../command';

/** `test` and `[`; `[[` is part of the grammar. */
export const test: Readonly<Record<string, ShellCommand>> = {
  test: { ...plain(evaluate), builtin: true },
  '[': { ...plain((args, context) => closed(args, ']', context)), builtin: true },
};

function closed(args: readonly string[], bracket: string, context: ShellContext): number {
  if (args.at(-1) === bracket) return evaluate(args.slice(0, -1), context);
  context.stderr(`${context.session.shell}: [: missing \`${bracket}'\n`);
  return 2;
}

function evaluate(args: readonly string[], context: ShellContext): number {
  const complain = (text: string) => {
    context.stderr(`${context.session.shell}: [: ${text}\n`);
    return 2;
  };
  const [first = '', second = '', third = ''] = args;
  if (args.length === 0) return 1;
  if (args.length === 3 && first !== '!' && second !== '-a' && second !== '-o') {
    const wrong = /^-(?:eq|ne|[lg][te])$/.test(second) && [first, third].find((one) => !/^\s*[-+]?\d+\s*$/.test(one));
    if (typeof wrong === 'string') return complain(`${wrong}: integer expression expected`);
    const result = compare(first, second, third);
    return result === undefined ? complain(`${second}: binary operator expected`) : truth(result);
  }
  const or = args.indexOf('-o');
  if (or > 0) return evaluate(args.slice(0, or), context) === 0 ? 0 : evaluate(args.slice(or + 1), context);
  const and = args.indexOf('-a');
  if (and > 0) {
    const left = evaluate(args.slice(0, and), context);
    return left === 0 ? evaluate(args.slice(and + 1), context) : left;
  }
  if (first === '!' && args.length > 1) {
    const inside = evaluate(args.slice(1), context);
    return inside > 1 ? inside : 1 - inside;
  }
  if (args.length === 1) return first === '' ? 1 : 0;
  if (args.length > 3) return complain('too many arguments');
  const result = fileTest(first, second, context);
  return result === undefined ? complain(`${first}: unary operator expected`) : truth(result);
}

function truth(value: boolean): number {
  return value ? 0 : 1;
}

/** `-f FILE`, `-n TEXT`, …; undefined for what is no such test. */
export function fileTest(operator: string, operand: string, { files, session }: ShellContext): boolean | undefined {
  switch (operator) {
    case '-n':
      return operand !== '';
    case '-z':
      return operand === '';
    case '-f':
      return files.read(operand) !== undefined;
    case '-d':
      return files.read(operand) === undefined && files.list(operand) !== undefined;
    case '-e':
    case '-r':
    case '-w':
      return files.read(operand) !== undefined || files.list(operand) !== undefined;
    case '-s':
      return (files.read(operand) ?? '') !== '';
    case '-v':
      return session.variables.has(operand);
    default:
      // Links, sockets, devices and the like: nothing here is one; whether a file may be run is not kept.
      if (operator === '-x') return files.read(operand) !== undefined || files.list(operand) !== undefined;
      return /^-[LhpSbcgkutGON]$/.test(operator) ? false : undefined;
  }
}

/** `a = b`, `1 -lt 2`, …; undefined for what is no such comparison. */
export function compare(left: string, operator: string, right: string): boolean | undefined {
  const [a, b] = [Number(left), Number(right)];
  switch (operator) {
    case '=':
    case '==':
      return left === right;
    case '!=':
      return left !== right;
    case '<':
      return left < right;
    case '>':
      return left > right;
    case '-eq':
      return a === b;
    case '-ne':
      return a !== b;
    case '-lt':
      return a < b;
    case '-le':
      return a <= b;
    case '-gt':
      return a > b;
    case '-ge':
      return a >= b;
    default:
      return undefined;
  }
}
