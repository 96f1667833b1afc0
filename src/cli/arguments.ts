import { UsageError } from './usage-error';

/** Options that take a value (`--world NAME` or `--world=NAME`), options that are switches, and all the rest. */
export interface Arguments {
  readonly values: ReadonlyMap<string, string>;
  readonly switches: ReadonlySet<string>;
  readonly rest: readonly string[];
}

/** Reads a command's arguments; an option it does not know is a UsageError. */
export function readArguments(
  args: readonly string[],
  known: { readonly values: readonly string[]; readonly switches?: readonly string[] },
): Arguments {
  const values = new Map<string, string>();
  const switches = new Set<string>();
  const rest: string[] = [];
  for (let i = 0; i < args.length; i++) {
    const arg = args[i] ?? '';
    if (arg === '--') {
      rest.push(...args.slice(i + 1));
      break;
    }
    if (!arg.startsWith('--')) {
      rest.push(arg);
      continue;
    }
    const equals = arg.indexOf('=');
    const name = equals < 0 ? arg.slice(2) : arg.slice(2, equals);
    if (known.switches?.includes(name) && equals < 0) switches.add(name);
    else if (known.values.includes(name)) {
      const value = equals < 0 ? args[++i] : arg.slice(equals + 1);
      if (value === undefined) throw new UsageError(`--${name} needs a value`);
      values.set(name, value);
    } else throw new UsageError(`unknown option --${name}`);
  }
  return { values, switches, rest };
}

/** An option whose value must be one of a list. */
export function oneOf<T extends string>(args: Arguments, name: string, allowed: readonly T[], fallback: T): T {
  const value = args.values.get(name);
  if (value === undefined) return fallback;
  const found = allowed.find((one) => one === value);
  if (found === undefined)
    throw new UsageError(`--${name} is one of ${allowed.join(', ')}; got ${JSON.stringify(value)}`);
  return found;
}
