import type { Pod, Service, ServicePort } from '../../api/generated/core-v1';
import { matchesLabels } from '../../api/label-selector';
import type { Client } from '../../apiserver/client';
import { isPodPhaseTerminal, isPodReady } from '../pod-state';

/** A Service with a selector: one without it has its endpoints written by somebody else. */
export function hasSelector(service: Service): boolean {
  return service.spec.selector !== undefined && Object.keys(service.spec.selector).length > 0;
}

/** Pods behind a Service that can be addressed: `ShouldPodBeInEndpoints`. Finished ones are left out. */
export function podsBehind(client: Client, service: Service, includeTerminating: boolean): Pod[] {
  return client.list('pods', service.metadata.namespace).filter((pod) => {
    if (!matchesLabels(service.spec.selector, pod.metadata.labels)) return false;
    if (isPodPhaseTerminal(pod) || !pod.status.podIP) return false;
    return includeTerminating || pod.metadata.deletionTimestamp === undefined;
  });
}

/** Services that select a Pod, by the labels it has or had. */
export function servicesOf(client: Client, pods: readonly { metadata: Pod['metadata'] }[]): Service[] {
  const namespace = pods[0]?.metadata.namespace;
  return client
    .list('services', namespace)
    .filter(
      (service) =>
        hasSelector(service) && pods.some((pod) => matchesLabels(service.spec.selector, pod.metadata.labels)),
    );
}

/**
 * The port number behind a Service's port in one Pod; undefined when the Pod has no port of that name.
 * Upstream: pkg/api/v1/pod/util.go `FindPort`
 */
export function findPort(pod: Pod, port: ServicePort): number | undefined {
  const target = port.targetPort ?? port.port;
  if (typeof target === 'number') return target;
  const containers = [
    ...pod.spec.containers,
    ...(pod.spec.initContainers ?? []).filter((container) => container.restartPolicy === 'Always'),
  ];
  for (const container of containers) {
    for (const candidate of container.ports ?? []) {
      const sameProtocol = (candidate.protocol ?? 'TCP') === (port.protocol ?? 'TCP');
      if (candidate.name === target && sameProtocol) return candidate.containerPort;
    }
  }
  return undefined;
}

/** How an endpoint stands: `ready` is also claimed for what is published before it is ready. */
export function endpointConditions(
  service: Service,
  pod: Pod,
): { ready: boolean; serving: boolean; terminating: boolean } {
  const serving = isPodReady(pod);
  const terminating = pod.metadata.deletionTimestamp !== undefined;
  return { ready: service.spec.publishNotReadyAddresses === true || (serving && !terminating), serving, terminating };
}
