import { VersionedMap } from '../clock/history';
import type { Journal } from './journal';

/** The files of a machine, by absolute path, with their history. A folder exists while something lies in it. */
export class HostFiles {
  private readonly watchers: { readonly folder: string; readonly changed: () => void }[] = [];

  constructor(
    private readonly journal: Journal,
    private readonly texts = new VersionedMap<string>(),
  ) {}

  /** The files as they were at a revision, to be read only. */
  asOf(revision: number): HostFiles {
    return new HostFiles(this.journal, this.texts.asOf(revision));
  }

  read(path: string, at?: number): string | undefined {
    return this.texts.get(path, at);
  }

  /** The revision at which a path was written last. */
  lastChange(path: string): number | undefined {
    return this.texts.lastChange(path);
  }

  write(path: string, text: string): void {
    this.set(path, text);
  }

  /** Calls `changed` at every write and removal under a folder from now on, as inotify would. */
  watch(folder: string, changed: () => void): void {
    this.watchers.push({ folder: `${folder}/`, changed });
  }

  /** Makes an empty folder. */
  makeFolder(path: string): void {
    if (!this.list(path)) this.set(`${path}/`, '');
  }

  /** Names directly under a folder, sorted; undefined when there is no such folder. */
  list(path: string, at?: number): string[] | undefined {
    const prefix = path === '/' ? '/' : `${path}/`;
    const names = new Set<string>();
    let exists = path === '/';
    for (const [key] of this.texts.entries(at)) {
      if (!key.startsWith(prefix)) continue;
      exists = true;
      const name = key.slice(prefix.length).split('/')[0];
      if (name) names.add(name);
    }
    return exists ? [...names].sort() : undefined;
  }

  /** Removes a file, or a folder with all that lies in it; false when there is none. */
  remove(path: string): boolean {
    const keys = [...this.texts.entries()]
      .map(([key]) => key)
      .filter((key) => key === path || key.startsWith(`${path}/`));
    for (const key of keys) this.set(key, undefined);
    return keys.length > 0;
  }

  private set(path: string, text: string | undefined): void {
    this.texts.set(path, text, this.journal.write());
    for (const { folder, changed } of this.watchers) if (path.startsWith(folder)) changed();
  }
}
