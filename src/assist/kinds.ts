import { servedResources } from '@/kubectl/resource/mapping';
import type { KubernetesVersion } from '@/kubernetes/api/kind';
import type { ResourceInfo } from '@/kubernetes/api/registry';
import type { TextEdit } from '@/manifest/manifest';
import type { Choice } from './choice';
import type { Cursor } from './cursor';
import { rangeOn } from './outline/node';
import { documentSnippets } from './snippets';

/** Kinds that can be written, each with the apiVersion that goes with it. */
export function kindChoices(cursor: Cursor, apiVersion: string | undefined, minor: KubernetesVersion): Choice[] {
  const written = creatable(minor);
  const fits = (info: ResourceInfo) => apiVersion === undefined || versionOf(info) === apiVersion;
  return [...written.filter(fits), ...written.filter((info) => !fits(info))].map((info) => ({
    label: info.kind,
    sort: 'value',
    detail: versionOf(info),
    insert: spaced(cursor, info.kind),
    range: cursor.range,
    ...(fits(info) && apiVersion !== undefined ? {} : { also: withVersion(cursor, versionOf(info)) }),
  }));
}

/** The served versions; those of the kind that is written already come first. */
export function apiVersionChoices(cursor: Cursor, kind: string | undefined, minor: KubernetesVersion): Choice[] {
  const infos = creatable(minor);
  const own = infos.filter((info) => info.kind === kind);
  const versions = [...new Set([...own, ...infos].map(versionOf))];
  return versions.map((version) => ({
    label: version,
    sort: 'value',
    detail: infos
      .filter((info) => versionOf(info) === version)
      .map((info) => info.kind)
      .slice(0, 4)
      .join(', '),
    insert: spaced(cursor, version),
    range: cursor.range,
  }));
}

/** At the beginning of a document: whole objects to begin with, and the two fields that say what it is. */
export function objectChoices({ at, range, own, fresh }: Cursor): Choice[] {
  const present = at.children.filter((child) => child !== own && !child.word).map((child) => child.step);
  const fields = ['apiVersion', 'kind']
    .filter((name) => !present.includes(name))
    .map((name): Choice => ({ label: name, sort: 'field', insert: `${name}: `, range, required: true, more: true }));
  return present.length === 0 && fresh ? [...documentSnippets(range), ...fields] : fields;
}

function creatable(minor: KubernetesVersion): ResourceInfo[] {
  const rank = ({ kind }: ResourceInfo) => (first.includes(kind) ? first.indexOf(kind) : first.length);
  return servedResources(minor)
    .filter(
      ({ verbs, kind, plural }) =>
        verbs.includes('create') && verbs.includes('list') && !(kind === 'Event' && plural === ''),
    )
    .sort((a, b) => rank(a) - rank(b) || (a.kind < b.kind ? -1 : a.kind > b.kind ? 1 : 0));
}

function versionOf({ group, version }: ResourceInfo): string {
  return group === '' ? version : `${group}/${version}`;
}

/** The edit that makes the document's apiVersion the given one. */
function withVersion({ document, at }: Cursor, version: string): TextEdit[] {
  const there = document.root.children.find((child) => child.step === 'apiVersion' && !child.word);
  if (there) return [{ range: there.valueRange, newText: there.value === '' ? ` ${version}` : version }];
  const { line } = at.range.start;
  return [{ range: rangeOn(line, 0, 0), newText: `apiVersion: ${version}\n` }];
}

/** A value right behind its colon gets a blank. */
function spaced({ at, range }: Cursor, text: string): string {
  return range.start.character === at.range.end.character + 1 ? ` ${text}` : text;
}

const first = ['Deployment', 'DaemonSet', 'Service', 'Pod', 'StatefulSet', 'Job', 'CronJob', 'ConfigMap', 'Secret'];
