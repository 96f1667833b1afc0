import type { KubeObject } from '../api/object';
import type { ResourceInfo } from '../api/registry';
import { parseFieldSelector } from './field-selector';
import { parseLabelSelector } from './label-selector';
import type { ApiRequest } from './request';
import { badRequest, type Status } from './status';

/** What the selectors of a request take, or the refusal to read them. */
export function matcherOf(
  request: Pick<ApiRequest, 'labelSelector' | 'fieldSelector'>,
  info: ResourceInfo,
): { readonly matches: (object: KubeObject) => boolean } | Status {
  const labels = parseLabelSelector(request.labelSelector);
  if ('problem' in labels) return badRequest(labels.problem);
  const fields = parseFieldSelector(request.fieldSelector, info);
  if ('problem' in fields) return badRequest(fields.problem);
  return { matches: (object) => labels.matches(object.metadata.labels ?? {}) && fields.matches(object) };
}
