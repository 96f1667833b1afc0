import type { Statement } from './node';

/** Which templates run on what. */
export interface Execution {
  readonly source: string;
  readonly templates: ReadonlyMap<string, readonly Statement[]>;
  /** A key that is not there is an error (`--allow-missing-template-keys=false`). */
  readonly strict: boolean;
}
