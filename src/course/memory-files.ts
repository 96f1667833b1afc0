import type { FileSystem } from '@/kubectl/command';

/** A folder that lies in memory: what a scenario or a page gives the client machine. */
export class MemoryFiles implements FileSystem {
  private readonly files: Map<string, string>;

  constructor(ready: Readonly<Record<string, string>> = {}) {
    this.files = new Map(Object.entries(ready).map(([name, text]) => [plain(name), text]));
  }

  read(path: string): string | undefined {
    return this.files.get(plain(path));
  }

  write(path: string, text: string): void {
    this.files.set(plain(path), text);
  }

  list(path: string): string[] | undefined {
    const folder = plain(path);
    const prefix = folder === '' ? '' : `${folder}/`;
    const names = new Set<string>();
    for (const file of this.files.keys()) {
      if (file.startsWith(prefix)) names.add(file.slice(prefix.length).split('/', 1)[0] ?? '');
    }
    return names.size > 0 || folder === '' ? [...names].sort() : undefined;
  }

  remove(path: string): boolean {
    return this.files.delete(plain(path));
  }
}

/** `./web.yaml`, `web.yaml` and `/root/web.yaml` are one file: there is one folder. */
function plain(path: string): string {
  return path
    .replace(/^\/root(?=\/|$)/, '')
    .split('/')
    .filter((part) => part !== '' && part !== '.')
    .join('/');
}
