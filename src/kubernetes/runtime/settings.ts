import type { SettingFile } from './image';

/**
 * What a program was told, by flags, then environment, then default. An `address` gives three values:
 * `${name}`, `${name.host}`, `${name.port}`.
 */
export function readSettings(
  settings: Readonly<Record<string, SettingFile>>,
  argv: readonly string[],
  environment: ReadonlyMap<string, string>,
): Record<string, string> {
  const values: Record<string, string> = {};
  for (const [name, setting] of Object.entries(settings)) {
    const value = flagOf(setting.flag, argv) ?? (setting.env && environment.get(setting.env)) ?? setting.default;
    values[name] = value;
    if (setting.type !== 'address') continue;
    const colon = value.lastIndexOf(':');
    values[`${name}.host`] = value.slice(0, Math.max(0, colon)).replace(/^\[|\]$/g, '');
    values[`${name}.port`] = value.slice(colon + 1);
  }
  return values;
}

function flagOf(flag: string | undefined, argv: readonly string[]): string | undefined {
  if (!flag) return undefined;
  for (const [i, word] of argv.entries()) {
    if (word.startsWith(`${flag}=`)) return word.slice(flag.length + 1);
    if (word === flag) return argv[i + 1];
  }
  return undefined;
}
