import type { ResourceName } from '@/kubernetes/api/object';
import { KubectlError } from '../errors';
import type * as module from './uncommon-describers';

type Uncommon = typeof module;

let loaded: Uncommon | undefined;

/** Loads the describers of what is rarely described as a module of their own; once they are there it does nothing. */
export async function loadUncommonDescribers(): Promise<void> {
  loaded ??= await import('./uncommon-describers');
}

/** Whether a line, script or recording may come to need them: what keeps a host from loading them for nothing. */
export function mentionsDescribe(text: string): boolean {
  return /\bdescribe\b/.test(text);
}

/** The resources that are described by what is loaded. */
const resources: ReadonlySet<ResourceName> = new Set([
  'certificatesigningrequests.certificates.k8s.io',
  'csinodes.storage.k8s.io',
  'volumeattributesclasses.storage.k8s.io',
  'servicecidrs.networking.k8s.io',
  'ipaddresses.networking.k8s.io',
]);

/** Whether a resource's describer is among those. */
export function isUncommon(resource: ResourceName): boolean {
  return resources.has(resource);
}

/** The module. Throws where its host has not loaded it. */
export function uncommon(): Uncommon {
  if (!loaded) throw new KubectlError('the rarer descriptions could not be loaded; are you offline?');
  return loaded;
}
