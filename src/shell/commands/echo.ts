import { type ShellCommand, plain } from '../command';

/** bash's echo: `-n`, `-e`. */
export const echo: ShellCommand = {
  ...plain((args, { stdout }) => {
    let newline = true;
    let escapes = false;
    let start = 0;
    for (; /^-[neE]+$/.test(args[start] ?? ''); start++) {
      const word = args[start] ?? '';
      if (word.includes('n')) newline = false;
      if (word.includes('e')) escapes = true;
    }
    const text = args.slice(start).join(' ');
    stdout(`${escapes ? unescape(text) : text}${newline ? '\n' : ''}`);
    return 0;
  }),
  builtin: true,
};

/** `printf FORMAT …`: `%s %d %x %o %f %c %b %%` with flags; the format is used again while arguments are left. */
export const printf: ShellCommand = {
  ...plain((args, { stdout, stderr }) => {
    const [format, ...values] = args;
    if (format === undefined) {
      stderr('printf: usage: printf [-v var] format [arguments]\n');
      return 2;
    }
    stdout(formatText(format, values));
    return 0;
  }),
  builtin: true,
};

/** printf's text: the format, used again while values are left. */
export function formatText(format: string, values: readonly string[]): string {
  const step = directives(format);
  let out = formatOnce(format, values);
  for (let at = step; step > 0 && at < values.length; at += step) out += formatOnce(format, values.slice(at));
  return out;
}

const directive = /%([-+ 0#]*)(\d*)(?:\.(\d+))?([sdiuxXofcbq%])/g;

function directives(format: string): number {
  return [...format.matchAll(directive)].filter((match) => match[4] !== '%').length;
}

function formatOnce(format: string, values: readonly string[]): string {
  let index = 0;
  return unescape(format).replace(
    directive,
    (_all, flags: string, width: string, precision: string | undefined, type: string) => {
      if (type === '%') return '%';
      const text = convert(values[index++] ?? '', type, precision);
      const length = Math.min(Number(width) || 0, 10_000);
      if (flags.includes('-')) return text.padEnd(length);
      return text.padStart(length, flags.includes('0') && type !== 's' ? '0' : ' ');
    },
  );
}

function convert(value: string, type: string, precision: string | undefined): string {
  const number = Number(value) || 0;
  switch (type) {
    case 'd':
    case 'i':
    case 'u':
      return String(Math.trunc(number));
    case 'x':
      return Math.trunc(number).toString(16);
    case 'X':
      return Math.trunc(number).toString(16).toUpperCase();
    case 'o':
      return Math.trunc(number).toString(8);
    case 'f':
      return number.toFixed(Math.min(Number(precision ?? 6), 20));
    case 'c':
      return value.slice(0, 1);
    case 'b':
      return unescape(value);
    default:
      return precision === undefined ? value : value.slice(0, Number(precision));
  }
}

const escapes: Readonly<Record<string, string>> = {
  n: '\n',
  t: '\t',
  r: '\r',
  a: '\x07',
  b: '\b',
  f: '\f',
  v: '\v',
  '\\': '\\',
  '"': '"',
};

function unescape(text: string): string {
  return text.replace(/\\(x[0-9a-fA-F]{1,2}|0?[0-7]{1,3}|.)/g, (all, code: string) => {
    if (code.startsWith('x')) return String.fromCharCode(parseInt(code.slice(1), 16));
    if (/^[0-7]/.test(code)) return String.fromCharCode(parseInt(code, 8));
    return escapes[code] ?? all;
  });
}
