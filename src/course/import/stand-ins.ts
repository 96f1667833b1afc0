import type { JsonObject } from '@/kubernetes/api/object';
import { type Listed, objectAt, objectsOf, pick, textOf, textsOf } from './json';

/** What the scheduler, the kubelet's admission and the network look at. */
const podFields = [
  'nodeName',
  'nodeSelector',
  'hostNetwork',
  'hostPID',
  'hostIPC',
  'dnsPolicy',
  'tolerations',
  'affinity',
  'topologySpreadConstraints',
  'terminationGracePeriodSeconds',
];
const containerFields = ['name', 'image', 'command', 'args', 'ports', 'resources', 'restartPolicy'];

/**
 * A Pod of a real cluster as one that can be run here: where it is, what it asks for, which ports it holds. Its volumes,
 * probes, account and owner are left out, for what they point to is not there. Undefined for a Pod that has ended.
 */
export function podStandIn(pod: Listed): JsonObject | undefined {
  const { phase } = objectAt(pod, 'status');
  if (phase === 'Succeeded' || phase === 'Failed') return undefined;
  const spec = objectAt(pod, 'spec');
  const containers = objectsOf(spec.containers).map(containerStandIn);
  const meta = metadataOf(pod);
  if (!meta || containers.length === 0) return undefined;
  // Init containers that go on running hold ports and resources; the others have done their work.
  const sidecars = objectsOf(spec.initContainers)
    .filter((container) => container.restartPolicy === 'Always')
    .map(containerStandIn);
  const priority = textOf(spec.priorityClassName);
  return jsonObject({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: meta,
    spec: {
      ...pick(spec, podFields),
      automountServiceAccountToken: false,
      // Every cluster has these two classes; others would have to be made first.
      ...(priority?.startsWith('system-') ? { priorityClassName: priority } : {}),
      ...(sidecars.length > 0 ? { initContainers: sidecars } : {}),
      containers,
    },
  });
}

/** A Service of a real cluster, with the node ports that it holds; its addresses are drawn anew. */
export function serviceStandIn(service: Listed): JsonObject | undefined {
  const meta = metadataOf(service);
  const spec = objectAt(service, 'spec');
  if (!meta || (meta.namespace === 'default' && meta.name === 'kubernetes')) return undefined;
  return jsonObject({
    apiVersion: 'v1',
    kind: 'Service',
    metadata: meta,
    spec: {
      ...pick(spec, ['type', 'selector', 'ports', 'externalTrafficPolicy', 'internalTrafficPolicy', 'sessionAffinity']),
      ...pick(spec, ['externalName', 'publishNotReadyAddresses']),
      ...(spec.clusterIP === 'None' ? { clusterIP: 'None' } : {}),
    },
  });
}

/** The environment is left out: it may hold secrets, and what it points to is not there. */
function containerStandIn(container: Listed): Record<string, unknown> {
  return pick(container, containerFields);
}

function metadataOf(object: Listed) {
  const { name, namespace, labels } = objectAt(object, 'metadata');
  const known = textOf(name);
  if (known === undefined) return undefined;
  const texts = textsOf(labels);
  return { name: known, namespace: textOf(namespace) ?? 'default', ...(texts ? { labels: texts } : {}) };
}

/** A value that was read from YAML is JSON already; what it is made of is not looked at here, but by the API server. */
function jsonObject(value: unknown): JsonObject {
  return JSON.parse(JSON.stringify(value)) as JsonObject; // the parse of an object's JSON is a JSON object
}
