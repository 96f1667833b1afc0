import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { FileSystem } from '@/kubectl/command';

/**
 * The user's own folder as the client machine sees it: reads come from the disk, writes stay in memory, so that a
 * played script never changes a file of the user's.
 */
export class UserFiles implements FileSystem {
  private readonly written = new Map<string, string | undefined>();

  /** `ready`: files that stand before those on the disk; `spare`: files for names that the disk has not. */
  constructor(
    readonly cwd: string,
    ready: Readonly<Record<string, string>> = {},
    spare: Readonly<Record<string, string>> = {},
  ) {
    for (const [name, text] of Object.entries(spare)) {
      if (!existsSync(resolve(cwd, name))) this.written.set(resolve(cwd, name), text);
    }
    for (const [name, text] of Object.entries(ready)) this.written.set(resolve(cwd, name), text);
  }

  read(path: string): string | undefined {
    const full = resolve(this.cwd, path);
    if (this.written.has(full)) return this.written.get(full);
    try {
      return readFileSync(full, 'utf8');
    } catch {
      return undefined;
    }
  }

  write(path: string, text: string): void {
    this.written.set(resolve(this.cwd, path), text);
  }

  list(path: string): string[] | undefined {
    const full = resolve(this.cwd, path);
    const names = new Set(this.onDisk(full));
    let any = names.size > 0 || isFolder(full);
    for (const [file, text] of this.written) {
      if (!file.startsWith(join(full, '/'))) continue;
      const name = file.slice(full.length + 1).split('/', 1)[0] ?? '';
      any = true;
      if (text === undefined) names.delete(name);
      else names.add(name);
    }
    return any ? [...names].sort() : undefined;
  }

  remove(path: string): boolean {
    if (this.read(path) === undefined) return false;
    this.written.set(resolve(this.cwd, path), undefined);
    return true;
  }

  private onDisk(full: string): string[] {
    try {
      return readdirSync(full);
    } catch {
      return [];
    }
  }
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}
