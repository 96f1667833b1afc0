import type { KubernetesVersion } from '@/kubernetes/api/kind';
import { type ResourceInfo, splitApiVersion } from '@/kubernetes/api/registry';
import { KubectlError } from '../errors';
import { mappingForBare, preferredResources, servedResources, shortNameWarnings } from '../resource/mapping';

/** The resource that is explained, and the way to the field. */
export interface Target {
  readonly mapping: ResourceInfo;
  readonly path: readonly string[];
}

/**
 * Reads `pods.spec.containers`. Upstream: kubectl/pkg/explain/explain.go `SplitAndParseResourceRequestWithMatchingPrefix`,
 * and `SplitAndParseResourceRequest` when a version is given: then the first word alone names the resource. `warn` is told
 * of a short name that fits several types.
 */
export function target(
  request: string,
  apiVersion: string,
  minor: KubernetesVersion,
  warn: (text: string) => void = () => {},
): Target {
  const [word = '', ...path] = pathOf(request, apiVersion === '' ? 'first node must be' : 'all nodes must be');
  for (const text of shortNameWarnings(word, minor)) warn(text);
  const first = mappingForBare(word, minor);
  if (apiVersion !== '') return { mapping: inVersion(first, apiVersion, minor), path };
  const name = word.toLowerCase();
  const named = preferredResources(minor).filter(
    (info) => info === first || info.plural === name || info.singular === name || info.shortNames.includes(name),
  );
  for (const mapping of named) {
    const whole = mapping.group === '' ? mapping.plural : `${mapping.plural}.${mapping.group}`;
    if (request === whole || request.startsWith(`${whole}.`)) {
      return { mapping, path: pathOf(request, 'first node must be').slice(whole.split('.').length) };
    }
  }
  return { mapping: first, path };
}

function pathOf(request: string, complaint: string): string[] {
  const parts = request.replace(/\.$/, '').split('.');
  // Upstream parses a JSONPath and then takes nothing but names.
  const steps = parts.filter((part, i) => i === 0 || part !== '');
  if (steps.some((part) => part === '' || /[[\]*@?{}]/.test(part))) {
    throw new KubectlError(`invalid jsonpath syntax, ${complaint} field node${complaint.startsWith('all') ? 's' : ''}`);
  }
  return steps;
}

function inVersion(named: ResourceInfo, apiVersion: string, minor: KubernetesVersion): ResourceInfo {
  if (apiVersion.split('/').length > 2) throw new KubectlError(`unexpected GroupVersion string: ${apiVersion}`);
  const [group, version] = splitApiVersion(apiVersion);
  const resources = servedResources(minor);
  const found = resources.find(
    (info) => info.group === group && info.version === version && info.plural === named.plural,
  );
  if (found) return found;
  const text = `${group}/${version}, Resource=${named.plural}`;
  const served = resources.some((info) => info.group === group && info.version === version);
  throw new KubectlError(served ? `GVR (${text}) not found in OpenAPI schema` : `couldn't find resource for "${text}"`);
}
