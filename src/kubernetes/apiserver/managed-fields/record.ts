import type { KubeObject } from '../../api/object';
import type { ResourceInfo } from '../../api/registry';
import { type Backend, groupVersionOf } from '../backend';
import type { ApiRequest } from '../request';
import { goTypeOf } from '../schema/go-type';
import { afterUpdate } from './managers';

/**
 * Notes who set what, for requests that name a field manager; writes of the cluster's own components are not noted.
 */
export function recordManager(
  old: KubeObject | undefined,
  next: KubeObject,
  request: ApiRequest,
  info: ResourceInfo,
  { clock, context }: Backend,
): void {
  if (request.fieldManager === undefined) return;
  const apiVersion = groupVersionOf(info);
  const type = goTypeOf(apiVersion, info.kind, context.kubernetes);
  if (!type) return;
  const { fieldManager: name, subresource } = request;
  const updater = { name, apiVersion, subresource, time: clock.timestamp() };
  next.metadata.managedFields = afterUpdate(old, next, type, updater);
}
