// Upstream: pkg/apis/core/v1/defaults.go `SetDefaults_Pod`
import type { Container, Pod, PodSpec } from '../../generated/core-v1';
import { defaultPodSpec } from '../pod-spec/defaults';

/** What a Pod gets, and a template does not, comes first: its spec's own defaults follow. */
export function defaultPod(pod: Pod): void {
  const { spec } = pod;
  for (const container of [...(spec.containers ?? []), ...(spec.initContainers ?? [])]) requestsFromLimits(container);
  podRequests(spec);
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

/** Upstream: `defaultPodRequests`: a Pod-level limit is its request, unless containers ask for something themselves. */
function podRequests(spec: PodSpec): void {
  const limits = spec.resources?.limits;
  if (!spec.resources || !limits) return;
  spec.resources.requests = { ...limits, ...spec.resources.requests };
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
