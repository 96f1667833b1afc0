import { quantityRoundedUp } from '../../../quantity';

type ResourceList = { [resource: string]: string };

/** Nothing finer than a thousandth is kept. Upstream: pkg/apis/core/v1/defaults.go `SetDefaults_ResourceList`. */
export function roundUp(list: ResourceList | undefined): void {
  for (const [name, value] of Object.entries(list ?? {})) if (list) list[name] = quantityRoundedUp(value, -3);
}

export function roundUpResources(resources: { limits?: ResourceList; requests?: ResourceList }): void {
  roundUp(resources.limits);
  roundUp(resources.requests);
}
