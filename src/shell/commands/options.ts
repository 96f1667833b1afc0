/** Words of a command line, sorted into flags and operands. */
export interface Options {
  readonly flags: ReadonlySet<string>;
  readonly values: ReadonlyMap<string, readonly string[]>;
  readonly operands: readonly string[];
  /** The first word that begins with `-` and is no option of the command. */
  readonly unknown?: string;
}

/**
 * Reads options as getopt does. `withValue` names those that take a value (`m`, `max-time`): `-m 3`, `-m3`,
 * `--max-time 3`, `--max-time=3`; the rest of `known` are flags and may be joined: `-sS`. `--` ends the options.
 */
export function readOptions(
  args: readonly string[],
  known: {
    readonly flags: readonly string[];
    readonly withValue?: readonly string[];
    readonly stopAtOperand?: boolean;
  },
): Options {
  const flags = new Set<string>();
  const values = new Map<string, string[]>();
  const operands: string[] = [];
  let unknown: string | undefined;
  const addValue = (name: string, value: string) => values.set(name, [...(values.get(name) ?? []), value]);
  const takesValue = (name: string) => known.withValue?.includes(name) ?? false;
  for (let i = 0; i < args.length; i++) {
    const word = args[i] ?? '';
    if (word === '--') {
      operands.push(...args.slice(i + 1));
      break;
    }
    if (word.startsWith('--')) {
      const [name = '', ...rest] = word.slice(2).split('=');
      if (takesValue(name)) addValue(name, rest.length > 0 ? rest.join('=') : (args[++i] ?? ''));
      else if (known.flags.includes(name)) flags.add(name);
      else unknown ??= word;
    } else if (word.startsWith('-') && word.length > 1) {
      for (let at = 1; at < word.length; at++) {
        const letter = word[at] ?? '';
        if (takesValue(letter)) {
          addValue(letter, at + 1 < word.length ? word.slice(at + 1) : (args[++i] ?? ''));
          break;
        }
        if (known.flags.includes(letter)) flags.add(letter);
        else unknown ??= letter;
      }
    } else if (known.stopAtOperand) {
      operands.push(...args.slice(i));
      break;
    } else operands.push(word);
  }
  return { flags, values, operands, unknown };
}

/** The last value given under any of the names. */
export function lastValue(options: Options, ...names: readonly string[]): string | undefined {
  return names.flatMap((name) => options.values.get(name) ?? []).at(-1);
}

/** Whether an option was given under any of its names. */
export function hasFlag(options: Options, ...names: readonly string[]): boolean {
  return names.some((name) => options.flags.has(name));
}
