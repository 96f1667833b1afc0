// Upstream: the `WarningsOnCreate` and `WarningsOnUpdate` of every kind with a template
import type { Path } from '../../field-error';
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
