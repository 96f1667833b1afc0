import { type ShellCommand, type ShellContext, plain } from '../command';

/** `test`, `[` and bash's `[[`. */
export const test: Readonly<Record<string, ShellCommand>> = {
  test: { ...plain(evaluate), builtin: true },
  '[': { ...plain((args, context) => closed(args, ']', context)), builtin: true },
  '[[': { ...plain((args, context) => closed(args, ']]', context)), builtin: true },
};

function closed(args: readonly string[], bracket: string, context: ShellContext): number {
  if (args.at(-1) === bracket) return evaluate(args.slice(0, -1), context);
  context.stderr(`${context.session.shell}: [: missing \`${bracket}'\n`);
  return 2;
}

function evaluate(args: readonly string[], context: ShellContext): number {
  const or = args.findIndex((word) => word === '-o' || word === '||');
  if (or > 0) return evaluate(args.slice(0, or), context) === 0 ? 0 : evaluate(args.slice(or + 1), context);
  const and = args.findIndex((word) => word === '-a' || word === '&&');
  if (and > 0) {
    const left = evaluate(args.slice(0, and), context);
    return left === 0 ? evaluate(args.slice(and + 1), context) : left;
  }
  if (args[0] === '!') return evaluate(args.slice(1), context) === 0 ? 1 : 0;
  const [first = '', second, third] = args;
  if (args.length === 0) return 1;
  if (args.length === 1) return first === '' ? 1 : 0;
  if (args.length === 2) return truth(unary(first, second ?? '', context));
  const result = binary(first, second ?? '', third ?? '');
  if (result !== undefined && args.length === 3) return truth(result);
  context.stderr(
    `${context.session.shell}: [: ${args.length > 3 ? 'too many arguments' : `${second}: binary operator expected`}\n`,
  );
  return 2;
}

function truth(value: boolean): number {
  return value ? 0 : 1;
}

function unary(operator: string, operand: string, { files }: ShellContext): boolean {
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
    default:
      return false;
  }
}

function binary(left: string, operator: string, right: string): boolean | undefined {
  const [a, b] = [Number(left), Number(right)];
  switch (operator) {
    case '=':
    case '==':
      return left === right;
    case '!=':
      return left !== right;
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
