import type { KubernetesVersion } from '@/kubernetes/api/kind';

/** `help-texts.json`: texts once each; a command (its path without `kubectl`; `''`: kubectl itself) names its own by number. */
export interface HelpFile {
  readonly texts: readonly string[];
  readonly commands: Readonly<Record<string, HelpRow | undefined>>;
  /** By older minor, what is not as in the next newer one; null where it has no such thing. */
  readonly older: Readonly<Record<string, Readonly<Record<string, OlderHelpRow | null | undefined>> | undefined>>;
}

interface HelpRow {
  readonly long: number | null;
  readonly examples?: number;
  /** What follows the command's path in its usage line. */
  readonly usage: string | null;
  readonly flags: Readonly<Record<string, number | undefined>>;
}

interface OlderHelpRow {
  readonly long?: number | null;
  readonly examples?: number | null;
  readonly usage?: string | null;
  readonly flags?: Readonly<Record<string, number | null | undefined>>;
  /** How a flag is written where it is written otherwise: `--for=''`. */
  readonly heads?: Readonly<Record<string, string | undefined>>;
}

/** What a command says of itself beyond what its definition holds. */
export interface HelpTexts {
  readonly long?: string;
  readonly examples?: string;
  readonly usage?: string;
  /** By flag, with its way of writing where an older minor has another one. */
  readonly flags: ReadonlyMap<string, { readonly text: string; readonly head?: string }>;
}

let provided: HelpFile | undefined;

/**
 * Hands the texts of help to kubectl. They are large, so whoever hosts kubectl decides whether and when to load them
 * (`loadHelpTexts` does both); without them help shows what the commands' definitions hold. Undefined takes them away.
 */
export function provideHelpTexts(file: HelpFile | undefined): void {
  provided = file;
}

/** Whether the texts of `--help` are loaded. */
export function hasHelpTexts(): boolean {
  return provided !== undefined;
}

/** What `kubectl <path> --help` of a minor says; undefined when texts are not there, or the minor has no such command. */
export function helpTexts(path: string, minor: KubernetesVersion): HelpTexts | undefined {
  if (!provided) return undefined;
  const { texts, commands, older } = provided;
  const newest = commands[path];
  let said: OlderHelpRow | null | undefined = newest && { ...newest };
  for (const step of ['1.35', '1.34'] as const) {
    const row = step < minor ? undefined : older[step]?.[path];
    if (row === undefined) continue;
    said = row && { ...said, ...row, flags: { ...said?.flags, ...row.flags }, heads: { ...said?.heads, ...row.heads } };
  }
  if (!said) return undefined;
  const { long, examples, usage, flags = {}, heads = {} } = said;
  const text = (number: number | null | undefined) => (number == null ? undefined : texts[number]);
  const told = Object.entries(flags).flatMap(([name, number]) => {
    const found = text(number);
    const head = heads[name];
    return found === undefined ? [] : [[name, { text: found, ...(head === undefined ? {} : { head }) }] as const];
  });
  return {
    ...defined('long', text(long)),
    ...defined('examples', text(examples)),
    ...defined('usage', usage ?? undefined),
    flags: new Map(told),
  };
}

function defined<K extends string>(key: K, value: string | undefined): { [name in K]?: string } {
  const made: { [name in K]?: string } = {};
  if (value !== undefined) made[key] = value;
  return made;
}
