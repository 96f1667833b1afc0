import { groups } from '@/kubectl/commands';
import { findMapping, preferredResources } from '@/kubectl/resource/mapping';
import type { Cluster } from '@/kubernetes/cluster';
import { commands } from '@/shell/commands';
import type { Vocabulary } from './complete-line';

/** What can be typed at a cluster now. `files`: those of the folder in which it is typed. */
export function vocabularyOf(cluster: Cluster, files: readonly string[]): Vocabulary {
  const { kubernetes } = cluster.world;
  return {
    commands: Object.keys(commands),
    kubectl: groups.flatMap((group) => group.commands.map((command) => command.name)),
    kinds: preferredResources(kubernetes).flatMap((info) => [info.plural, ...info.shortNames]),
    names: (kind) => {
      const info = findMapping(kind, kubernetes);
      if (!info) return [];
      return cluster.store
        .list(info.name)
        .filter(({ metadata }) => metadata.namespace === undefined || metadata.namespace === 'default')
        .map(({ metadata }) => metadata.name);
    },
    files,
  };
}
