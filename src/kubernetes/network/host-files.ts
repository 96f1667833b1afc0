import { VersionedMap } from '../clock/history';
import type { Journal } from './journal';

/** The files of a machine, by absolute path, with their history. A folder exists while something lies in it. */
export class HostFiles {
  private readonly watchers: { readonly folder: string; readonly changed: () => void }[] = [];

  /** Bytes of files of which the size alone is kept. */
  private sizes: VersionedMap<number> | undefined;

  /** `resized` is told when a file of which the size alone is kept comes or goes. */
  constructor(
    private readonly journal: Journal,
    private readonly texts = new VersionedMap<string>(),
    private readonly resized?: () => void,
  ) {}

  /** The files as they were at a revision, to be read only. */
  asOf(revision: number): HostFiles {
    const past = new HostFiles(this.journal, this.texts.asOf(revision));
    past.sizes = this.sizes?.asOf(revision);
    return past;
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

  /** Makes a file of so many zeros, which may be more than anybody could hold: it reads as an empty one. */
  reserve(path: string, bytes: number): void {
    this.set(path, '');
    this.sizes ??= new VersionedMap();
    this.sizes.set(path, bytes, this.journal.write());
    this.resized?.();
  }

  /** Bytes of a file that was reserved; undefined for any other. */
  reserved(path: string): number | undefined {
    return this.sizes?.get(path);
  }

  /** Whether any file is there of which the size alone is kept. */
  get holdsReserved(): boolean {
    return (this.sizes?.size ?? 0) > 0;
  }

  /** Every file under a folder with its bytes. */
  *sized(folder: string): IterableIterator<[path: string, bytes: number]> {
    const prefix = folder.endsWith('/') ? folder : `${folder}/`;
    for (const [path, text] of this.texts.entries())
      if (path.startsWith(prefix)) yield [path, this.sizes?.get(path) ?? text.length];
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
    if (this.sizes?.get(path) !== undefined) {
      this.sizes.set(path, undefined, this.journal.write());
      this.resized?.();
    }
    for (const { folder, changed } of this.watchers) if (path.startsWith(folder)) changed();
  }
}
