/** The value types of pflag that kubectl's flags use. */
export type FlagKind =
  'string' | 'bool' | 'int' | 'int32' | 'int64' | 'duration' | 'stringSlice' | 'stringArray' | 'mapStringString';

export type FlagValue = string | boolean | number | readonly string[];

/** A flag as a command declares it. Upstream: github.com/spf13/pflag `Flag`. */
export interface Flag {
  readonly name: string;
  readonly short?: string;
  readonly kind: FlagKind;
  readonly default?: FlagValue;
  /** What the flag means when it is given without `=value` (pflag's NoOptDefVal). Booleans have it by nature. */
  readonly bare?: string;
  /** What to use instead: said whenever the flag is given, and the flag is left out of lists. */
  readonly deprecated?: string;
  /** Left out of lists. */
  readonly hidden?: boolean;
  /** How help shows the default, where its kind does not tell. */
  readonly shown?: string;
}

/** `string('output', 'o')`: shorthands for the tables of flags below. */
export function string(name: string, short?: string, fallback = '', bare?: string): Flag {
  return make(name, 'string', fallback, short, bare);
}

/** A flag that is on or off. */
export function bool(name: string, short?: string, fallback = false): Flag {
  return make(name, 'bool', fallback, short, 'true');
}

/** A flag with a whole number. */
export function int(name: string, fallback = 0, kind: 'int' | 'int32' | 'int64' = 'int', short?: string): Flag {
  return make(name, kind, fallback, short);
}

/** Milliseconds. */
export function duration(name: string, fallback = 0, short?: string): Flag {
  return make(name, 'duration', fallback, short);
}

/** Comma-separated, repeatable. */
export function slice(name: string, short?: string, fallback: readonly string[] = []): Flag {
  return make(name, 'stringSlice', fallback, short);
}

/** Repeatable; commas mean nothing. */
export function array(name: string, short?: string): Flag {
  return make(name, 'stringArray', [], short);
}

/** `key=value`, comma-separated, repeatable; kept as written. */
export function map(name: string): Flag {
  return make(name, 'mapStringString', []);
}

function make(name: string, kind: FlagKind, fallback: FlagValue, short?: string, bare?: string): Flag {
  return {
    name,
    kind,
    default: fallback,
    ...(short === undefined ? {} : { short }),
    ...(bare === undefined ? {} : { bare }),
  };
}
