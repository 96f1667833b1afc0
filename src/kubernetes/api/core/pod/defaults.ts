// Upstream: pkg/apis/core/v1/defaults.go `SetDefaults_Pod`
import type { Container, Pod, PodSpec } from '../../generated/core-v1';
import { isHugePages, isPodLevelResource, overcommitAllowed } from '../pod-spec/resource-names';
import { aggregateContainerLimits, aggregateContainerRequests } from '../pod-spec/validation/aggregate-requests';
import { defaultPodSpec } from '../pod-spec/defaults';

/** What a Pod gets, and a template does not, comes first: its spec's own defaults follow. */
export function defaultPod(pod: Pod): void {
  const { spec } = pod;
  for (const container of [...(spec.containers ?? []), ...(spec.initContainers ?? [])]) requestsFromLimits(container);
  podLevelResources(spec);
  spec.enableServiceLinks ??= true;
  if (spec.hostNetwork) {
    hostNetworkPorts(spec.containers);
    hostNetworkPorts(spec.initContainers);
  }
  defaultPodSpec(spec);
}

function requestsFromLimits({ resources }: Container): void {
  if (!resources?.limits) return;
  resources.requests = { ...resources.limits, ...resources.requests };
}

/**
 * A Pod with limits of its own, or huge pages, asks as a whole for what its containers ask for together, or else for
 * its own limit. Upstream: `defaultHugePagePodLimits`, `defaultPodRequests`
 */
function podLevelResources(spec: PodSpec): void {
  const { resources } = spec;
  if (!resources || (isEmpty(resources.limits) && isEmpty(resources.requests))) return;
  for (const [name, total] of aggregateContainerLimits(spec)) {
    if (isHugePages(name) && resources.requests?.[name] === undefined) {
      resources.limits = { [name]: total, ...resources.limits };
    }
  }
  if (isEmpty(resources.limits)) return;
  const requests = { ...resources.requests };
  for (const [name, total] of aggregateContainerRequests(spec)) {
    if (isPodLevelResource(name) && overcommitAllowed(name)) requests[name] ??= total;
  }
  for (const [name, limit] of Object.entries(resources.limits ?? {})) {
    if (isPodLevelResource(name)) requests[name] ??= limit;
  }
  if (!isEmpty(requests)) resources.requests = requests;
}

function isEmpty(list: Readonly<Record<string, string>> | undefined): boolean {
  return Object.keys(list ?? {}).length === 0;
}

/**
 * With hostNetwork a declared port is a host port. Only Pods get this; templates stay as they are written, so that a
 * Deployment shows no host port where its Pods have one.
 */
function hostNetworkPorts(containers: readonly Container[] | undefined): void {
  for (const container of containers ?? []) {
    for (const port of container.ports ?? []) port.hostPort ||= port.containerPort;
  }
}
