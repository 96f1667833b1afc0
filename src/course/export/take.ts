import type { WorldFile } from '@/kubernetes/world';

/** What is taken to a real cluster. */
export interface Take {
  readonly title: string;
  readonly about: string;
  readonly world: WorldFile;
  /** Lines to type; `@node1 …` types on a node. */
  readonly script: string;
  /** The files of the client's folder, by name. */
  readonly files: Readonly<Record<string, string>>;
  readonly seed?: number;
}
