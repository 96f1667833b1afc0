import type { CommandDefinition } from '@/kubectl/command-tree';
import { groups } from '@/kubectl/commands';
import { globalFlags } from '@/kubectl/flags/global-flags';
import { findMapping, preferredResources } from '@/kubectl/resource/mapping';
import { apiVersionOf } from '@/kubectl/resource/info';
import { type GoType, goTypeOf } from '@/kubernetes/apiserver/schema/go-type';
import type { Cluster } from '@/kubernetes/cluster';
import { commands } from '@/shell/commands';
import type { CommandWords, Vocabulary } from './complete-line';

/** What can be typed at a cluster now. `files`: those of the folder in which it is typed. */
export function vocabularyOf(cluster: Cluster, files: readonly string[]): Vocabulary {
  const { kubernetes } = cluster.world;
  return {
    commands: Object.keys(commands),
    kubectl: { words: topWords, flags: [], commands: new Map(topCommands.map((one) => [one.name, wordsOf(one)])) },
    kinds: preferredResources(kubernetes).flatMap((info) => [info.plural, ...info.shortNames]),
    names: (kind) => {
      const info = findMapping(kind, kubernetes);
      if (!info) return [];
      return cluster.store
        .list(info.name)
        .filter(({ metadata }) => metadata.namespace === undefined || metadata.namespace === 'default')
        .map(({ metadata }) => metadata.name);
    },
    fields: (kind, path) => {
      const info = findMapping(kind, kubernetes);
      return info ? fieldsAt(goTypeOf(apiVersionOf(info), info.kind, kubernetes), path) : [];
    },
    files,
  };
}

const topCommands = groups.flatMap((group) => group.commands);
const topWords = topCommands.map((command) => command.name);

/** A command, its flags and its sub-commands, as words. */
function wordsOf(command: CommandDefinition): CommandWords {
  const inner = command.commands ?? [];
  const flags = [...(command.flags ?? []), ...globalFlags].filter((flag) => flag.deprecated === undefined);
  return {
    words: inner.map((one) => one.name),
    flags: flags.map(({ name, kind }) => ({ name, takesValue: kind !== 'bool' })),
    commands: new Map(inner.map((one) => [one.name, wordsOf(one)])),
  };
}

/** The fields of an object at a path; one that has fields of its own ends with a dot. */
function fieldsAt(type: GoType | undefined, path: readonly string[]): string[] {
  let inner = structOf(type);
  for (const step of path) inner = structOf(inner?.fields.get(step)?.field.type);
  return [...(inner?.fields ?? [])].map(([name, { field }]) => (structOf(field.type) ? `${name}.` : name));
}

/** The struct that a value or the items of a list are. */
function structOf(type: GoType | undefined) {
  let inner = type;
  while (inner && (inner.kind === 'pointer' || inner.kind === 'slice')) inner = inner.element;
  return inner?.kind === 'struct' ? inner : undefined;
}
