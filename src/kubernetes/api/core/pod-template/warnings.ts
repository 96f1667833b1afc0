// Upstream: the `WarningsOnCreate` and `WarningsOnUpdate` of every kind with a template
import { Path } from '../../field-error';
import { isNewGeneration } from '../../generation';
import type { Deployment, ReplicaSet } from '../../generated/apps-v1';
import type { PodTemplateSpec } from '../../generated/core-v1';
import { dns1123Label } from '../../meta/names';
import { podSpecWarnings } from '../pod-spec/warnings';

export function podTemplateWarnings(template: PodTemplateSpec | undefined, path: Path): string[] {
  return template?.spec ? podSpecWarnings(template.spec, template.metadata ?? {}, path) : [];
}

/** `%v` of a Go list. */
function listed(messages: readonly string[]): string {
  return `[${messages.join(' ')}]`;
}

/** Of an object whose name becomes part of Pod names, and of a Pod itself (`owner` says which). */
export function hostnameWarning(name: string, owner: "the Pod's hostname" | 'Pod names and hostnames'): string[] {
  const messages = dns1123Label(name);
  if (messages.length === 0) return [];
  const text = `this is used in ${owner}, which can result in surprising behavior; a DNS label is recommended`;
  return [`metadata.name: ${text}: ${listed(messages)}`];
}

/**
 * Of a workload whose name becomes part of Pod names: its template at every new generation, its name once.
 * Upstream: `WarningsOnCreate` and `WarningsOnUpdate` of pkg/registry/apps/{deployment,replicaset}/strategy.go
 */
export function namedWorkloadWarnings<T extends Deployment | ReplicaSet>(object: T, old: T | undefined): string[] {
  if (!isNewGeneration(object, old)) return [];
  const { metadata, spec } = object;
  const template = podTemplateWarnings(spec.template, Path.of('spec.template'));
  return old ? template : [...hostnameWarning(metadata.name, 'Pod names and hostnames'), ...template];
}
