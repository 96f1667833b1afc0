import type { KubeObject } from '@/kubernetes/api/object';
import type { ResourceInfo } from '@/kubernetes/api/registry';
import { parseFieldSelector } from '@/kubernetes/apiserver/field-selector';
import { parseLabelSelector } from '@/kubernetes/apiserver/label-selector';
import { KubectlError } from '../errors';

/** Whether an object's labels satisfy `-l`. An empty selector takes everything. Throws for one that cannot be read. */
export function matchesSelector(object: KubeObject, selector: string): boolean {
  const matcher = parseLabelSelector(selector);
  if ('problem' in matcher) throw new KubectlError(matcher.problem);
  return matcher.matches(object.metadata.labels ?? {});
}

/** The same for `--field-selector`. */
export function matchesFields(object: KubeObject, selector: string, mapping: ResourceInfo): boolean {
  const matcher = parseFieldSelector(selector, mapping);
  if ('problem' in matcher) throw new KubectlError(matcher.problem);
  return matcher.matches(object);
}
