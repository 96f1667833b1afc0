import type { KubernetesVersion } from '@/kubernetes/api/kind';
import { isObject, type JsonObject } from '@/kubernetes/api/object';
import type { ApiResponse } from '@/kubernetes/apiserver/request';
import { server, yaml } from '../apiserver/server';

const resources: Readonly<Record<string, readonly [group: string, resource: string]>> = {
  Pod: ['', 'pods'],
  Service: ['', 'services'],
  ServiceAccount: ['', 'serviceaccounts'],
  Deployment: ['apps', 'deployments'],
  DaemonSet: ['apps', 'daemonsets'],
  ReplicaSet: ['apps', 'replicasets'],
  StatefulSet: ['apps', 'statefulsets'],
  Job: ['batch', 'jobs'],
  CronJob: ['batch', 'cronjobs'],
  LimitRange: ['', 'limitranges'],
  PersistentVolumeClaim: ['', 'persistentvolumeclaims'],
  Namespace: ['', 'namespaces'],
  RuntimeClass: ['node.k8s.io', 'runtimeclasses'],
  Ingress: ['networking.k8s.io', 'ingresses'],
  IngressClass: ['networking.k8s.io', 'ingressclasses'],
};

/** Makes the documents one after another in a fresh cluster; the answer is the last one's. */
export function create(manifests: readonly string[], version: KubernetesVersion = '1.36'): ApiResponse {
  const { ask } = server(version);
  const answers = manifests.map((text) => {
    const body = yaml(text);
    const [group, resource] = resources[String(body.kind)] ?? ['', ''];
    const metadata = isObject(body.metadata) ? body.metadata : {};
    return ask({ verb: 'create', group, resource, body, namespace: String(metadata.namespace ?? 'default') });
  });
  const refused = answers.slice(0, -1).find(({ code }) => code >= 400);
  const last = refused ?? answers.at(-1);
  if (!last) throw new Error('nothing to create');
  return last;
}

/** `spec.replicas: Invalid value: -1: must be …` of each cause; a refusal without causes is its message. */
export function errorsOf({ body }: ApiResponse): string[] {
  if (body.kind !== 'Status') return [];
  const details = isObject(body.details) ? body.details : {};
  const causes: JsonObject[] = Array.isArray(details.causes) ? details.causes.filter(isObject) : [];
  if (causes.length === 0) return [String(body.message)];
  return causes.map(({ field, message }) => `${String(field)}: ${String(message)}`);
}

/** What `text` is refused for, with nothing before it. */
export function verdict(text: string, version?: KubernetesVersion): string[] {
  return errorsOf(create([text], version));
}
