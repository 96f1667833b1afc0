import { type Configuration, type ConfigurationFiles, readConfiguration } from './configuration';

/** The configuration read last, and the files it came from: one Deployment begins the same program again and again. */
let last:
  { readonly path: string; readonly made: Configuration; holds(files: ConfigurationFiles): boolean } | undefined;

/** Reads a configuration as `readConfiguration` does, or knows it where all of its files are as they were. */
export function knownConfiguration(path: string, files: ConfigurationFiles): Configuration {
  if (last?.path === path && last.holds(files)) return last.made;
  const texts = new Map<string, string | undefined>();
  const folders = new Map<string, string>();
  const made = readConfiguration(path, {
    read(file) {
      const text = files.read(file);
      texts.set(file, text);
      return text;
    },
    list(folder) {
      const names = files.list(folder);
      folders.set(folder, String(names));
      return names;
    },
  });
  const holds = (now: ConfigurationFiles) =>
    [...texts].every(([file, text]) => now.read(file) === text) &&
    [...folders].every(([folder, names]) => String(now.list(folder)) === names);
  last = { path, made, holds };
  return made;
}
