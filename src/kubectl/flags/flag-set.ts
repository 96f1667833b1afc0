import type { Flag, FlagValue } from './flag';
import { BadValue, parseValue } from './parse-value';

/** What pflag says to a command line it cannot read; kubectl adds the line `See '… --help' for usage.` */
export class FlagError extends Error {}

/** The flags of one run, after parsing. A flag that was not declared is a programming error. */
export class Flags {
  constructor(
    private readonly declared: ReadonlyMap<string, Flag>,
    private readonly values: ReadonlyMap<string, FlagValue>,
    /** What is left when the flags are taken out. */
    readonly args: readonly string[],
    /** How many of `args` stood before `--`; undefined without a `--`. */
    readonly argsBeforeDash: number | undefined,
  ) {}

  changed(name: string): boolean {
    return this.values.has(name);
  }

  string(name: string): string {
    const value = this.value(name);
    return typeof value === 'string' ? value : '';
  }

  bool(name: string): boolean {
    return this.value(name) === true;
  }

  /** Integers as they are, durations in milliseconds. */
  number(name: string): number {
    const value = this.value(name);
    return typeof value === 'number' ? value : 0;
  }

  list(name: string): readonly string[] {
    const value = this.value(name);
    return Array.isArray(value) ? value : [];
  }

  has(name: string): boolean {
    return this.declared.has(name);
  }

  private value(name: string): FlagValue | undefined {
    return this.values.get(name) ?? this.declared.get(name)?.default;
  }
}

/**
 * Reads a command line the way pflag does: flags and arguments in any order, `--` ends the flags.
 * Upstream: github.com/spf13/pflag flag.go `parseArgs`. Throws FlagError.
 */
export function parseFlags(declared: readonly Flag[], line: readonly string[]): Flags {
  const byName = new Map(declared.map((flag) => [flag.name, flag]));
  const byShort = new Map(declared.flatMap((flag) => (flag.short ? [[flag.short, flag] as const] : [])));
  const values = new Map<string, FlagValue>();
  const args: string[] = [];
  let dash: number | undefined;
  const rest = [...line];

  const set = (flag: Flag, text: string) => {
    try {
      values.set(flag.name, parseValue(flag, text, values.get(flag.name)));
    } catch (error) {
      if (!(error instanceof BadValue)) throw error;
      const shown = flag.short ? `-${flag.short}, --${flag.name}` : `--${flag.name}`;
      throw new FlagError(`invalid argument ${JSON.stringify(text)} for "${shown}" flag: ${error.message}`);
    }
  };

  const long = (word: string) => {
    const body = word.slice(2);
    if (body === '' || body.startsWith('-') || body.startsWith('=')) throw new FlagError(`bad flag syntax: ${word}`);
    const equals = body.indexOf('=');
    const name = equals < 0 ? body : body.slice(0, equals);
    const flag = byName.get(name);
    if (!flag) throw new FlagError(`unknown flag: --${name}`);
    if (equals >= 0) set(flag, body.slice(equals + 1));
    else if (flag.bare !== undefined) set(flag, flag.bare);
    else {
      const next = rest.shift();
      if (next === undefined) throw new FlagError(`flag needs an argument: ${word}`);
      set(flag, next);
    }
  };

  const shorts = (word: string) => {
    let letters = word.slice(1);
    while (letters !== '') {
      const letter = letters.charAt(0);
      const flag = byShort.get(letter);
      if (!flag) throw new FlagError(`unknown shorthand flag: '${letter}' in -${letters}`);
      const after = letters.slice(1);
      // `-o=` alone is the value `=`.
      if (after.startsWith('=') && after.length > 1) {
        set(flag, after.slice(1));
        return;
      }
      if (flag.bare !== undefined) {
        set(flag, flag.bare);
        letters = after;
        continue;
      }
      if (after !== '') {
        set(flag, after);
        return;
      }
      const next = rest.shift();
      if (next === undefined) throw new FlagError(`flag needs an argument: '${letter}' in -${letters}`);
      set(flag, next);
      return;
    }
  };

  for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
    if (word === '--') {
      dash = args.length;
      args.push(...rest);
      break;
    }
    if (word.startsWith('--')) long(word);
    else if (word.startsWith('-') && word.length > 1) shorts(word);
    else args.push(word);
  }
  return new Flags(byName, values, args, dash);
}
