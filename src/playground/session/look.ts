import { findMapping } from '@/kubectl/resource/mapping';
import type { Cluster } from '@/kubernetes/cluster';
import { filledIn } from './filled-in';
import { typed } from './printed';

/** An object by the words that kubectl takes: `pods`, `web-0`, `default`. */
export interface Target {
  readonly resource: string;
  readonly name: string;
  readonly namespace?: string;
}

/** What kubectl tells of one object. A part that it has nothing for is empty. */
export interface Looked {
  readonly describe: string;
  readonly yaml: string;
  /** The lines of it (from 0) that its author did not write. */
  readonly filledIn: readonly number[];
  /** Of a Pod: its log, or what the kubelet says instead. */
  readonly logs: string;
  /** It is not there (any more, or yet): what the server says. */
  readonly gone?: string;
}

/** Lines of a log that are shown: the latest. */
const tail = 200;

/** Asks for everything that can be asked of one object. Nothing is changed by it. */
export function lookAt(cluster: Cluster, { resource, name, namespace }: Target): Looked {
  const where = namespace === undefined ? [] : ['-n', namespace];
  const yaml = typed(cluster, ['get', resource, name, ...where, '-o', 'yaml']);
  if (yaml.out === '') return { describe: '', yaml: '', filledIn: [], logs: '', gone: yaml.said.trim() };
  const describe = typed(cluster, ['describe', resource, name, ...where]);
  const logs =
    findMapping(resource, cluster.world.kubernetes)?.name === 'pods'
      ? typed(cluster, ['logs', name, ...where, '--all-containers', `--tail=${tail}`])
      : { out: '', said: '' };
  return {
    describe: describe.out || describe.said,
    yaml: yaml.out,
    filledIn: filledIn(yaml.out),
    logs: logs.out || logs.said,
  };
}
