/** A file that is open in the editor. */
export interface OpenFile {
  readonly name: string;
  readonly text: string;
}

/** The files that are open, in the order of their tabs, and which one is seen. There is always one. */
export interface Workspace {
  readonly files: readonly OpenFile[];
  /** Name of the file that is seen. */
  readonly current: string;
}

/** Why a file cannot be called so. */
export type NameFault = 'empty' | 'taken' | 'characters' | 'long';

const longestName = 80;

/** The file that is seen. */
export function currentFile({ files, current }: Workspace): OpenFile {
  return files.find((file) => file.name === current) ?? files[0] ?? { name: current, text: '' };
}

/** The text of the file that is seen becomes `text`. */
export function write(workspace: Workspace, text: string): Workspace {
  const { name } = currentFile(workspace);
  if (currentFile(workspace).text === text) return workspace;
  return { files: workspace.files.map((file) => (file.name === name ? { name, text } : file)), current: name };
}

/** Opens files and shows the first of them; a name that is taken gets a number: `web-2.yaml`. */
export function add(workspace: Workspace, added: readonly OpenFile[]): Workspace {
  let { files } = workspace;
  let first: string | undefined;
  for (const { name, text } of added) {
    const free = freeName(
      name,
      files.map((file) => file.name),
    );
    first ??= free;
    files = [...files, { name: free, text }];
  }
  return { files, current: first ?? workspace.current };
}

/** Puts a file in the place of the one that is seen. */
export function replace(workspace: Workspace, file: OpenFile): Workspace {
  const { name } = currentFile(workspace);
  return { files: workspace.files.map((open) => (open.name === name ? file : open)), current: file.name };
}

export function show(workspace: Workspace, name: string): Workspace {
  return workspace.files.some((file) => file.name === name) ? { ...workspace, current: name } : workspace;
}

/** Closes a file and shows its neighbour. The last one stays. */
export function remove(workspace: Workspace, name: string): Workspace {
  const at = workspace.files.findIndex((file) => file.name === name);
  if (at < 0 || workspace.files.length === 1) return workspace;
  const files = workspace.files.filter((file) => file.name !== name);
  const neighbour = files[Math.min(at, files.length - 1)]?.name ?? workspace.current;
  return { files, current: workspace.current === name ? neighbour : workspace.current };
}

/** Another name for a file, or why not. */
export function rename(workspace: Workspace, from: string, to: string): Workspace | NameFault {
  const name = to.trim();
  const others = workspace.files.filter((file) => file.name !== from).map((file) => file.name);
  const fault = nameFault(name, others);
  if (fault) return fault;
  return {
    files: workspace.files.map((file) => (file.name === from ? { name, text: file.text } : file)),
    current: workspace.current === from ? name : workspace.current,
  };
}

/** What is wrong with a file name. Blanks and quotes would have to be escaped on the command line. */
export function nameFault(name: string, others: readonly string[]): NameFault | undefined {
  if (name === '' || name === '.' || name === '..') return 'empty';
  if (name.length > longestName) return 'long';
  if (!/^[\p{L}\p{N}._][\p{L}\p{N}._+-]*$/u.test(name)) return 'characters';
  return others.includes(name) ? 'taken' : undefined;
}

/** A name like `wanted` that nobody has, made of characters that the command line takes as they are. */
export function freeName(wanted: string, taken: readonly string[]): string {
  const clean = wanted
    .replace(/^.*[/\\]/, '')
    .replace(/[^\p{L}\p{N}._+-]+/gu, '-')
    .replace(/^[-+]+/, '')
    .slice(-longestName + 4);
  const name = /^\.*$/.test(clean) ? 'manifest.yaml' : clean;
  if (!taken.includes(name)) return name;
  const [, stem = name, end = ''] = /^(.+?)(\.[^.]*)?$/.exec(name) ?? [];
  for (let number = 2; ; number++) {
    const next = `${stem}-${number}${end}`;
    if (!taken.includes(next)) return next;
  }
}
