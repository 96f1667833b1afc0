import discovery from './structure/resources-v1.36.json';
import type { KindDefinition } from './kind';
import { kindDefinitions } from './kinds';
import type { KubeObject, ResourceName } from './object';
import { PairMap } from './pair-map';
import { ofOlderMinors } from './versions/of-older-minors';

/** A resource as discovery lists it. */
export interface ResourceInfo {
  readonly group: string;
  readonly version: string;
  /** Plural: `pods`. */
  readonly plural: string;
  readonly singular: string;
  readonly kind: string;
  readonly namespaced: boolean;
  readonly shortNames: readonly string[];
  readonly categories: readonly string[];
  readonly verbs: readonly string[];
  readonly subresources: readonly string[];
  /** Key in the store: `pods`, `deployments.apps`. */
  readonly name: ResourceName;
}

interface DiscoveryRow {
  groupVersion: string;
  name: string;
  kind: string;
  namespaced: boolean;
  singularName?: string;
  shortNames?: string[];
  categories?: string[];
  verbs: string[];
}

const rows: readonly DiscoveryRow[] = discovery;

function build(): ResourceInfo[] {
  const subresources = new Map<string, string[]>();
  for (const row of rows) {
    const [plural = '', sub] = row.name.split('/');
    if (!sub) continue;
    const key = `${row.groupVersion}/${plural}`;
    subresources.set(key, [...(subresources.get(key) ?? []), sub]);
  }
  return rows
    .filter((row) => !row.name.includes('/'))
    .map((row) => {
      const slash = row.groupVersion.indexOf('/');
      const group = slash < 0 ? '' : row.groupVersion.slice(0, slash);
      const key = group ? `${row.name}.${group}` : row.name;
      // Events are one object behind two doors; all other names in the structure file are the keys of ResourceMap,
      // because both are made from it.
      const name = (key === 'events.events.k8s.io' ? 'events' : key) as ResourceName;
      return {
        group,
        version: row.groupVersion.slice(slash + 1),
        plural: row.name,
        singular: row.singularName ?? row.kind.toLowerCase(),
        kind: row.kind,
        namespaced: row.namespaced,
        shortNames: row.shortNames ?? [],
        categories: row.categories ?? [],
        verbs: row.verbs,
        subresources: subresources.get(`${row.groupVersion}/${row.name}`) ?? [],
        name,
      };
    });
}

/** Every resource the API server serves, in discovery order. */
export const resources: readonly ResourceInfo[] = build();

// Of several versions discovery lists the preferred one first.
const byName = new PairMap<ResourceInfo>();
for (const info of [...resources].reverse()) byName.set(info.group, info.plural, info);
const byKind = new Map(resources.map((info) => [`${info.group}/${info.version}/${info.kind}`, info]));
const definitions = new PairMap<KindDefinition>();
provideKinds(kindDefinitions);

/** Hands in kinds that are not loaded with the registry; once they are there it does nothing. */
export function provideKinds(kinds: readonly KindDefinition[]): void {
  for (const kind of kinds)
    if (!definitionOf(kind.group, kind.kind)) definitions.set(kind.group, kind.kind, ofOlderMinors(kind));
}

/** Whether a text may hold a kind whose rules are not there yet: what keeps a page from loading them for nothing. */
export function mentionsMissingKind(text: string): boolean {
  return resources.some(({ group, kind }) => !definitionOf(group, kind) && text.includes(kind));
}

/** `findResource('deployments', 'apps')`; the preferred version is the one simulated. */
export function findResource(plural: string, group: string): ResourceInfo | undefined {
  return byName.get(group, plural);
}

/** The resource of a kind in one group and version. */
export function findKind(group: string, version: string, kind: string): ResourceInfo | undefined {
  return byKind.get(`${group}/${version}/${kind}`);
}

/** What is particular to a kind, where anything is. */
export function definitionOf(group: string, kind: string): KindDefinition | undefined {
  return definitions.get(group, kind);
}

/** `apps/v1` → `['apps', 'v1']`, `v1` → `['', 'v1']` */
export function splitApiVersion(apiVersion: string): [group: string, version: string] {
  const slash = apiVersion.indexOf('/');
  return slash < 0 ? ['', apiVersion] : [apiVersion.slice(0, slash), apiVersion.slice(slash + 1)];
}

/** The resource a stored object lives under. */
export function resourceOf(object: Pick<KubeObject, 'apiVersion' | 'kind'>): ResourceInfo | undefined {
  const [group, version] = splitApiVersion(object.apiVersion);
  return findKind(group, version, object.kind);
}
