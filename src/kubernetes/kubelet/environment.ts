import type { Container, EnvVarSource, Pod } from '../api/generated/core-v1';
import { resourceFieldValue } from '../api/core/resource-field';
import type { Client } from '../apiserver/client';
import { goQuote } from '../api/field-error';

/** An environment variable that cannot be had: the container waits with `CreateContainerConfigError`. */
export class ConfigError extends Error {}

/** What fields of the Pod stand for at the moment a container is made. */
export interface PodFacts {
  readonly podIP: string | undefined;
  readonly hostIP: string | undefined;
}

/** The environment of a container, in the order in which it is set. Upstream: pkg/kubelet/kubelet_pods.go. */
export function makeEnvironment(client: Client, pod: Pod, container: Container, facts: PodFacts): Map<string, string> {
  const result = new Map<string, string>();
  const namespace = pod.metadata.namespace ?? 'default';
  for (const { prefix = '', configMapRef, secretRef } of container.envFrom ?? []) {
    const data = configMapRef
      ? configMap(client, namespace, configMapRef.name ?? '', configMapRef.optional)
      : secretRef
        ? secret(client, namespace, secretRef.name ?? '', secretRef.optional)
        : {};
    for (const [key, value] of Object.entries(data)) result.set(prefix + key, value);
  }
  const services = serviceEnvironment(client, namespace, pod.spec.enableServiceLinks ?? true);
  for (const { name, value, valueFrom } of container.env ?? []) {
    const text = valueFrom
      ? fromSource(client, pod, container, valueFrom, facts)
      : expand(value ?? '', (key) => result.get(key) ?? services.get(key));
    if (text !== undefined) result.set(name, text);
  }
  for (const [key, value] of services) if (!result.has(key)) result.set(key, value);
  return result;
}

/** `$(NAME)` in commands, arguments and values; `$$` stands for one dollar. */
export function expand(text: string, lookup: (name: string) => string | undefined): string {
  return text.replace(/\$\$|\$\(([^)]*)\)/g, (whole, name: string | undefined) =>
    name === undefined ? '$' : (lookup(name) ?? whole),
  );
}

function fromSource(
  client: Client,
  pod: Pod,
  container: Container,
  source: EnvVarSource,
  facts: PodFacts,
): string | undefined {
  const namespace = pod.metadata.namespace ?? 'default';
  if (source.fieldRef) return fieldValue(pod, source.fieldRef.fieldPath, facts);
  if (source.resourceFieldRef)
    return resourceFieldValue(container, source.resourceFieldRef, nodeAllocatable(client, pod));
  const reference = source.configMapKeyRef ?? source.secretKeyRef;
  if (!reference) return undefined;
  const { name = '', key, optional } = reference;
  const isMap = source.configMapKeyRef !== undefined;
  const data = isMap ? configMap(client, namespace, name, optional) : secret(client, namespace, name, optional);
  const value = data[key];
  if (value === undefined && !optional) {
    throw new ConfigError(`couldn't find key ${key} in ${isMap ? 'ConfigMap' : 'Secret'} ${namespace}/${name}`);
  }
  return value;
}

function configMap(client: Client, namespace: string, name: string, optional?: boolean): Record<string, string> {
  const found = client.get('configmaps', namespace, name);
  if (!found && !optional) throw new ConfigError(`configmap "${name}" not found`);
  return found?.data ?? {};
}

function secret(client: Client, namespace: string, name: string, optional?: boolean): Record<string, string> {
  const found = client.get('secrets', namespace, name);
  if (!found && !optional) throw new ConfigError(`secret "${name}" not found`);
  return Object.fromEntries(Object.entries(found?.data ?? {}).map(([key, value]) => [key, decodeBase64(value)]));
}

/** The UTF-8 text of base64. */
export function decodeBase64(text: string): string {
  return new TextDecoder().decode(Uint8Array.from(atob(text), (char) => char.charCodeAt(0)));
}

/** The downward API. Upstream: pkg/kubelet/kubelet_pods.go `podFieldSelectorRuntimeValue`. */
export function fieldValue(pod: Pod, path: string, { podIP, hostIP }: PodFacts): string {
  const subscript = /^metadata\.(labels|annotations)\['([^']*)'\]$/.exec(path);
  if (subscript) {
    const table = subscript[1] === 'labels' ? pod.metadata.labels : pod.metadata.annotations;
    return table?.[subscript[2] ?? ''] ?? '';
  }
  if (path === 'metadata.labels') return mapText(pod.metadata.labels);
  if (path === 'metadata.annotations') return mapText(pod.metadata.annotations);
  const fields: Record<string, string | undefined> = {
    'metadata.name': pod.metadata.name,
    'metadata.namespace': pod.metadata.namespace,
    'metadata.uid': pod.metadata.uid,
    'spec.nodeName': pod.spec.nodeName,
    'spec.serviceAccountName': pod.spec.serviceAccountName,
    'status.hostIP': hostIP,
    'status.hostIPs': hostIP,
    'status.podIP': podIP,
    'status.podIPs': podIP,
  };
  return fields[path] ?? '';
}

/** `tier="front"`, a line each. Upstream: pkg/fieldpath/fieldpath.go `FormatMap`. */
function mapText(map: Readonly<Record<string, string>> = {}): string {
  const keys = Object.keys(map).sort();
  return keys.map((key) => `${key}=${goQuote(map[key] ?? '')}`).join('\n');
}

/** What stands in for limits that are not set: all that the node gives. Upstream: `MergeContainerResourceLimits`. */
export function nodeAllocatable(client: Client, { spec }: Pod): Readonly<Record<string, string>> {
  return client.get('nodes', undefined, spec.nodeName ?? '')?.status.allocatable ?? {};
}

/** `WEB_SERVICE_HOST` and its like; the Service `kubernetes` always. Upstream: pkg/kubelet/envvars/envvars.go. */
function serviceEnvironment(client: Client, namespace: string, links: boolean): Map<string, string> {
  const result = new Map<string, string>();
  const own = links ? client.list('services', namespace) : [];
  const kubernetes = client.get('services', 'default', 'kubernetes');
  for (const service of [...own, ...(kubernetes && !own.includes(kubernetes) ? [kubernetes] : [])]) {
    const { clusterIP, ports = [] } = service.spec;
    const first = ports[0];
    if (!clusterIP || clusterIP === 'None' || !first) continue;
    const prefix = service.metadata.name.toUpperCase().replace(/-/g, '_');
    result.set(`${prefix}_SERVICE_HOST`, clusterIP);
    result.set(`${prefix}_SERVICE_PORT`, String(first.port));
    for (const { name, port } of ports) {
      if (name) result.set(`${prefix}_SERVICE_PORT_${name.toUpperCase().replace(/-/g, '_')}`, String(port));
    }
    for (const [i, { port, protocol = 'TCP' }] of ports.entries()) {
      const url = `${protocol.toLowerCase()}://${clusterIP}:${port}`;
      const key = `${prefix}_PORT_${port}_${protocol.toUpperCase()}`;
      if (i === 0) result.set(`${prefix}_PORT`, url);
      result.set(key, url);
      result.set(`${key}_PROTO`, protocol.toLowerCase());
      result.set(`${key}_PORT`, String(port));
      result.set(`${key}_ADDR`, clusterIP);
    }
  }
  return result;
}
