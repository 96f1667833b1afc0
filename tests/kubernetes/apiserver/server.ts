import { Cluster } from '@/kubernetes/cluster';
import type { JsonObject, KubeObject } from '@/kubernetes/api/object';
import type { ApiRequest, ApiResponse } from '@/kubernetes/apiserver/request';
import type { KubernetesVersion } from '@/kubernetes/api/kind';
import { readManifest } from '@/manifest/read';

/** A cluster without nodes and components, and short ways to ask its API server. */
export function server(kubernetes: KubernetesVersion = '1.36') {
  const cluster = new Cluster({
    name: 'test',
    nodes: [],
    kubernetes,
    without: ['kube-scheduler', 'kube-controller-manager'],
  });
  const base = { version: '', namespace: 'default', user: 'kubernetes-admin' };
  const ask = (request: Partial<ApiRequest> & Pick<ApiRequest, 'verb' | 'resource'>): ApiResponse =>
    cluster.api.handle({ ...base, group: '', ...request });
  return { cluster, ask };
}

/** The first document of a YAML text. */
export function yaml(text: string): JsonObject {
  return readManifest(text).documents[0]?.value as JsonObject;
}

export function objectOf(response: ApiResponse): KubeObject {
  if (response.body.kind === 'Status') throw new Error(String(response.body.message));
  return response.body as KubeObject;
}

export const webPod = `
apiVersion: v1
kind: Pod
metadata: {name: web, labels: {app: web}}
spec:
  containers:
    - name: web
      image: nginx:1.27
      ports: [{containerPort: 80}]
`;

export const webDeployment = `
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  replicas: 2
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers:
        - {name: web, image: "nginx:1.27", ports: [{containerPort: 80}]}
        - {name: log, image: "busybox:1.36"}
`;

/** The resource of a Deployment, as a request names it. */
export const apps = { group: 'apps', resource: 'deployments' };

/** A server that has the Deployment `web`. */
export function withDeployment() {
  const one = server();
  objectOf(one.ask({ verb: 'create', ...apps, body: yaml(webDeployment) }));
  return one;
}
