import { resources, splitApiVersion } from '@/kubernetes/api/registry';
import type { Proposal } from '../change';
import { nearName } from './near-name';

const groupVersion = ({ group, version }: { group: string; version: string }) =>
  group === '' ? version : `${group}/${version}`;

/** Whether any served version has this kind: then it is the version that is wrong. */
export function isKnownKind(kind: string): boolean {
  return resources.some((one) => one.kind === kind);
}

/** The version that serves a kind now: that of its own group, or of the only group that has it. */
export function servedVersion(kind: string, apiVersion: string | undefined): Proposal | undefined {
  const having = resources.filter((one) => one.kind === kind);
  const own = apiVersion === undefined ? undefined : splitApiVersion(apiVersion)[0];
  // Of several versions discovery lists the preferred one first.
  const sameGroup = own === '' ? undefined : having.find((one) => one.group === own);
  const groups = new Set(having.map((one) => one.group));
  const info = sameGroup ?? (groups.size === 1 ? having[0] : undefined);
  if (!info) return undefined;
  const value = groupVersion(info);
  return { title: `Use apiVersion ${value}`, safe: false, changes: [{ kind: 'set', path: ['apiVersion'], value }] };
}

/** The kind of this version whose name was meant: `deployment`, `Deploymnet`. */
export function meantKind(kind: string, apiVersion: string): Proposal | undefined {
  const kinds = resources.filter((one) => groupVersion(one) === apiVersion).map((one) => one.kind);
  const value = nearName(kind, [...new Set(kinds)]);
  if (value === undefined) return undefined;
  return { title: `Use kind ${value}`, safe: false, changes: [{ kind: 'set', path: ['kind'], value }] };
}
