import { kubectl } from '@/kubectl/kubectl';
import type { FileSystem } from '@/kubectl/command';
import type { Cluster } from '@/kubernetes/cluster';

/** What kubectl printed, cut into its columns. */
export interface TextTable {
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** What it said instead of a table: `No resources found in default namespace.` */
  readonly note?: string;
}

const noFiles: FileSystem = {
  read: () => undefined,
  write: () => undefined,
  list: () => undefined,
  remove: () => false,
};

/** What kubectl prints for a command that only reads. */
export function typed(cluster: Cluster, args: readonly string[]): { out: string; said: string } {
  let out = '';
  let said = '';
  const context = {
    cluster,
    files: noFiles,
    environment: new Map<string, string>(),
    stdin: '',
    stdout: (text: string) => (out += text),
    stderr: (text: string) => (said += text),
  };
  cluster.run(kubectl(args, context));
  return { out, said };
}

/** Runs a kubectl command that only reads, and cuts its table at the columns of its heading. */
export function printed(cluster: Cluster, args: readonly string[]): TextTable {
  const { out, said } = typed(cluster, args);
  return out === '' ? { head: [], rows: [], note: said.trim() } : cut(out);
}

/** Columns begin where a word of the heading begins after two or more blanks. */
export function cut(text: string): TextTable {
  const [heading = '', ...lines] = text.replace(/\n$/, '').split('\n');
  const starts = [...heading.matchAll(/(?:^|\s{2,})(?=\S)/g)].map((match) => match.index + match[0].length);
  const cells = (line: string) => starts.map((start, i) => line.slice(start, starts[i + 1]).trim());
  return { head: cells(heading), rows: lines.map(cells) };
}
