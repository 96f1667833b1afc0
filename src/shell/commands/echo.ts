import { type ShellCommand, plain } from '../command';
import { escapes, unescape } from '../language/escapes';

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

/**
 * `printf [-v NAME] FORMAT …`: `%s %d %x %o %f %e %g %c %b %q %%` with flags, widths (`*` too) and precisions; the format is
 * used again while arguments are left. Messages: bash's builtins/printf.def.
 */
export const printf: ShellCommand = {
  ...plain((args, { session, stdout, stderr }) => {
    const words = [...args];
    const name = words[0] === '-v' ? words.splice(0, 2)[1] : undefined;
    if (words[0] === '--') words.shift();
    const [format, ...values] = words;
    if (format === undefined) {
      stderr('printf: usage: printf [-v var] format [arguments]\n');
      return 2;
    }
    const { text, problems } = formatted(format, values);
    if (name === undefined) stdout(text);
    else session.variables.set(name, text);
    for (const problem of problems) stderr(`${session.shell}: printf: ${problem}\n`);
    return problems.length > 0 ? 1 : 0;
  }),
  builtin: true,
};

/** printf's text: the format, used again while values are left. */
export function formatText(format: string, values: readonly string[]): string {
  return formatted(format, values).text;
}

const directive = /%([-+ 0#]*)(\*|\d*)(?:\.(\*|\d*))?([sdiuxXofFeEgGcbq%])/g;

/** The widest that a value may be made. */
const widest = 10_000;

interface Formatted {
  readonly text: string;
  readonly problems: readonly string[];
}

function formatted(format: string, values: readonly string[]): Formatted {
  const problems: string[] = [];
  const plainFormat = unescape(format);
  let index = 0;
  const take = () => values[index++];
  const length = (text: string | undefined): number | undefined => {
    if (text === undefined) return undefined;
    const value = text === '*' ? Number(take() ?? 0) || 0 : Number(text);
    if (Math.abs(value) <= widest) return value;
    problems.push(`not simulated: wider than ${widest} characters`);
    return 0;
  };
  const once = () =>
    plainFormat.replace(
      directive,
      (_all, flags: string, width: string, precision: string | undefined, type: string) => {
        if (type === '%') return '%';
        const least = length(width === '' ? '0' : width) ?? 0;
        const digits = length(precision);
        return shaped(convert(take(), type, digits, flags, problems), { flags, least, digits, type });
      },
    );
  let text = once();
  const parts = [text];
  let before = 0;
  for (let size = text.length; index > before && index < values.length; size += text.length) {
    if (size > 1_000_000) throw new RangeError('printf: more than a million characters');
    before = index;
    text = once();
    parts.push(text);
  }
  return { text: parts.join(''), problems };
}

function shaped(
  text: string,
  { flags, least, digits, type }: { flags: string; least: number; digits: number | undefined; type: string },
): string {
  const width = Math.abs(least);
  if (flags.includes('-') || least < 0) return text.padEnd(width);
  const number = !/[scbq]/.test(type);
  if (!flags.includes('0') || !number || (/[diuxXo]/.test(type) && digits !== undefined)) return text.padStart(width);
  const sign = /^[-+ ]|^0x/i.exec(text)?.[0] ?? '';
  return sign + text.slice(sign.length).padStart(width - sign.length, '0');
}

function convert(
  given: string | undefined,
  type: string,
  digits: number | undefined,
  flags: string,
  problems: string[],
): string {
  const value = given ?? '';
  if (type === 's') return digits === undefined ? value : value.slice(0, digits);
  if (type === 'c') return value.slice(0, 1);
  if (type === 'b') return unescape(value);
  if (type === 'q') return quoted(value);
  const number = given === undefined ? 0 : numberOf(value, problems, /[feg]/i.test(type));
  const sign = number < 0 ? '' : flags.includes('+') ? '+' : flags.includes(' ') ? ' ' : '';
  const whole = (radix: number) =>
    Math.abs(Math.trunc(number))
      .toString(radix)
      .padStart(Math.min(digits ?? 0, 1000), '0');
  const precision = Math.min(digits ?? 6, 100);
  switch (type) {
    case 'x':
    case 'X': {
      const text = `${flags.includes('#') && number !== 0 ? '0x' : ''}${whole(16)}`;
      return type === 'x' ? text : text.toUpperCase();
    }
    case 'o':
      return `${flags.includes('#') ? '0' : ''}${whole(8)}`;
    case 'f':
    case 'F':
      return sign + number.toFixed(precision);
    case 'e':
    case 'E':
    case 'g':
    case 'G': {
      const text = /e/i.test(type) ? exponential(number, precision) : general(number, precision || 1);
      return sign + (/[EG]/.test(type) ? text.toUpperCase() : text);
    }
    default:
      return `${number < 0 ? '-' : sign}${whole(10)}`;
  }
}

/** C's numbers: `0x1f`, `017`, and `'A` for the number of a character. What is none counts as far as it is one. */
function numberOf(text: string, problems: string[], real: boolean): number {
  if (/^['"]/.test(text)) return text.codePointAt(1) ?? 0;
  const trimmed = text.trim();
  const found = (
    real ? /^[-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?/i : /^[-+]?(?:0x[\da-f]+|0[0-7]*(?![\d])|[1-9]\d*)/i
  ).exec(trimmed)?.[0];
  if (found !== trimmed) problems.push(`${text}: invalid number`);
  const body = (found ?? '').replace(/^[-+]/, '');
  const value = !real && /^0\d/.test(body) ? parseInt(body, 8) : Number(body || 0);
  return trimmed.startsWith('-') ? -value : value;
}

function exponential(value: number, digits: number): string {
  return value.toExponential(digits).replace(/e([-+])(\d)$/, 'e$10$2');
}

function general(value: number, digits: number): string {
  const exponent = value === 0 ? 0 : Math.floor(Math.log10(Math.abs(value)));
  const text =
    exponent < -4 || exponent >= digits
      ? exponential(value, digits - 1)
      : value.toFixed(Math.max(0, digits - 1 - exponent));
  return text.includes('.') ? text.replace(/\.?0+(?=e|$)/, '') : text;
}

/** A word as the shell reads it back: lib/sh/shquote.c `sh_backslash_quote`. */
function quoted(text: string): string {
  if (text === '') return "''";
  const control = (one: string) => one === '\x1b' || (one < ' ' && names[one] !== undefined);
  if ([...text].some(control)) {
    const shown = [...text].map((one) => {
      if (control(one)) return `\\${names[one] ?? 'E'}`;
      return one === "'" || one === '\\' ? `\\${one}` : one;
    });
    return `$'${shown.join('')}'`;
  }
  return text.replace(/[^\w@%+=:./~-]|^~|(?<=[=:])~/g, (one) => (/[-.]/.test(one) ? one : `\\${one}`));
}

const names: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(escapes).map(([letter, character]) => [character, letter]),
);
