import { goSyntax, goValueText } from '../go-syntax';
import { goQuote } from './literal';
import { bytesOf, boxed, typeName, unboxed, type Value } from './value';

/** Upstream: go/src/fmt/print.go `Sprintf`. Verbs of numbers, texts and values; no argument indexes (`%[1]d`). */
export function sprintf(format: string, args: readonly (Value | undefined)[]): string {
  let next = 0;
  const out = format.replace(
    /%([-+# 0]*)(\*|\d*)(?:\.(\*|\d*))?([^]?)/gu,
    (_, flags: string, wide: string, precise: string | undefined, verb: string) => {
      const star = (given: string) => (given === '*' ? Number(args[next++]?.v ?? 0) : Number(given));
      const width = wide === '' ? 0 : star(wide);
      const precision = precise === undefined ? undefined : star(precise);
      if (verb === '') return '%!(NOVERB)';
      if (verb === '%') return '%';
      if (next >= args.length) return `%!${verb}(MISSING)`;
      const shown = formatted(unboxed(args[next++]), verb, flags, precision);
      return padded(shown, flags, Math.min(Math.abs(width), 1e6), width < 0);
    },
  );
  if (next >= args.length) return out;
  const extra = args.slice(next).map((arg) => {
    const value = unboxed(arg);
    return value ? `${typeName(value)}=${goValueText(value.v)}` : '<nil>';
  });
  return `${out}%!(EXTRA ${extra.join(', ')})`;
}

function padded(text: string, flags: string, width: number, left: boolean): string {
  const missing = width - [...text].length;
  if (missing <= 0) return text;
  if (left || flags.includes('-')) return text + ' '.repeat(missing);
  if (!flags.includes('0')) return ' '.repeat(missing) + text;
  const sign = /^[+-]/.exec(text)?.[0] ?? '';
  return sign + '0'.repeat(missing) + text.slice(sign.length);
}

function formatted(value: Value | undefined, verb: string, flags: string, precision: number | undefined): string {
  if (verb === 'T') return value ? typeName(value) : '<nil>';
  if (value === undefined) return verb === 'v' ? '<nil>' : `%!${verb}(<nil>)`;
  if (verb === 'v' && flags.includes('#')) return goSyntax(value.v);
  const text = simple(value, verb, flags, precision);
  return text ?? `%!${verb}(${typeName(value)}=${goValueText(value.v)})`;
}

function simple(value: Value, verb: string, flags: string, precision: number | undefined): string | undefined {
  switch (value.type) {
    case 'string': {
      const cut = precision === undefined ? value.v : [...value.v].slice(0, precision).join('');
      if (verb === 's' || verb === 'v') return cut;
      if (verb === 'q') return flags.includes('#') && !cut.includes('`') ? `\`${cut}\`` : goQuote(cut);
      if (verb !== 'x' && verb !== 'X') return undefined;
      const hex = [...bytesOf(cut)].map((c) => c.charCodeAt(0).toString(16).padStart(2, '0')).join('');
      return verb === 'X' ? hex.toUpperCase() : hex;
    }
    case 'bool':
      return verb === 't' || verb === 'v' ? String(value.v) : undefined;
    case 'float64':
      return float(value.v, verb, flags, precision);
    case 'int':
    case 'int64':
    case 'uint8':
      return integer(value.v, verb, flags);
    case 'map': {
      const one = (json: unknown) => formatted(unboxed(boxed(json)), verb, flags, precision);
      const keys = Object.keys(value.v).sort();
      const key = (name: string) => formatted({ type: 'string', v: name, boxed: false }, verb, flags, precision);
      return `map[${keys.map((name) => `${key(name)}:${one(value.v[name])}`).join(' ')}]`;
    }
    case 'slice':
      return `[${value.v.map((json) => formatted(unboxed(boxed(json)), verb, flags, precision)).join(' ')}]`;
    case 'nil':
      return '<nil>';
  }
}

const bases: Readonly<Record<string, readonly [base: number, prefix: string]>> = {
  b: [2, '0b'],
  d: [10, ''],
  o: [8, '0'],
  O: [8, ''],
  v: [10, ''],
  x: [16, '0x'],
  X: [16, '0X'],
};

function integer(value: number, verb: string, flags: string): string | undefined {
  const codePoint = value >= 0 && value <= 0x10ffff ? value : 0xfffd;
  if (verb === 'c') return String.fromCodePoint(codePoint);
  if (verb === 'q') return goQuote(String.fromCodePoint(codePoint), "'");
  if (verb === 'U') return `U+${value.toString(16).toUpperCase().padStart(4, '0')}`;
  const base = bases[verb];
  if (!base) return undefined;
  const digits = Math.abs(value).toString(base[0]);
  return (
    sign(value < 0, flags) +
    (verb === 'O' ? '0o' : flags.includes('#') ? base[1] : '') +
    (verb === 'X' ? digits.toUpperCase() : digits)
  );
}

function sign(negative: boolean, flags: string): string {
  if (negative) return '-';
  return flags.includes('+') ? '+' : flags.includes(' ') ? ' ' : '';
}

function float(value: number, verb: string, flags: string, given: number | undefined): string | undefined {
  const size = Math.abs(value);
  const precision = given === undefined ? undefined : Math.min(given, 100);
  const text = () => {
    if (verb === 'f' || verb === 'F') return size.toFixed(precision ?? 6);
    if (verb === 'e' || verb === 'E') return size.toExponential(precision ?? 6);
    if (verb !== 'g' && verb !== 'G' && verb !== 'v') return undefined;
    if (precision !== undefined) return String(Number(size.toPrecision(Math.max(precision, 1))));
    return size !== 0 && size < 1e-4 ? size.toExponential() : goValueText(size);
  };
  const shown = text()?.replace(/e([+-])(\d)$/, 'e$10$2');
  return shown === undefined ? undefined : sign(value < 0, flags) + (/[EG]/.test(verb) ? shown.toUpperCase() : shown);
}
