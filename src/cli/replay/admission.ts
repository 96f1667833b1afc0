import { Cluster } from '@/kubernetes/cluster';
import { findKind, findResource, type ResourceInfo, splitApiVersion } from '@/kubernetes/api/registry';
import { isObject, type JsonObject, type KubeObject } from '@/kubernetes/api/object';
import type { ApiRequest, ApiResponse } from '@/kubernetes/apiserver/request';
import { readManifest } from '@/manifest/read';
import type { Outcome, Recording, Replayer } from './recording';
import { compareAnswers, type RecordedAnswer } from './admission-compare';

/** A case of tests/conformance/admission (its README has the meaning of every field). */
interface AdmissionCase extends Recording {
  readonly manifest: string;
  readonly post_to?: string;
  readonly setup?: readonly string[];
  readonly before?: string;
  readonly verb?: 'PUT' | 'PATCH';
  readonly patch?: JsonObject;
  readonly kubernetes?: string;
  readonly unordered?: boolean;
  readonly response: RecordedAnswer;
}

const lastApplied = 'kubectl.kubernetes.io/last-applied-configuration';
const user = 'kubernetes-admin';
const fieldManager = 'kubectl-client-side-apply';

/** Sends the manifest of a case to an API server of its own and compares the answer. */
export const replayAdmission: Replayer = (recording) => {
  const wanted = recording as AdmissionCase; // the folder decides the shape
  const cluster = emptyCluster(wanted.kubernetes);
  for (const text of wanted.setup ?? []) prepare(cluster, text);
  if (wanted.before !== undefined) prepare(cluster, wanted.before, true);
  const response = cluster.api.handle(requestOf(cluster, wanted));
  const got = answerOf(response, wanted);
  const differences = compareAnswers(wanted.response, got, wanted.unordered === true);
  return { id: recording.id, equal: differences.length === 0, got, differences } satisfies Outcome;
};

/** No nodes, no scheduler, no controllers: as the server ran that was recorded. */
function emptyCluster(kubernetes: string | undefined): Cluster {
  const minor = /^v1\.(34|35)\./.exec(kubernetes ?? '')?.[1];
  return new Cluster({
    name: 'admission',
    nodes: [],
    kubernetes: minor === '34' ? '1.34' : minor === '35' ? '1.35' : '1.36',
    without: ['kube-scheduler', 'kube-controller-manager'],
  });
}

function valueOf(text: string): JsonObject {
  const value = readManifest(text).documents[0]?.value;
  return isObject(value) ? value : {};
}

/** Makes an object for real, and what a controller would have made with it. */
function prepare(cluster: Cluster, text: string, applied = false): void {
  const value = valueOf(text);
  const info = resourceOfManifest(value);
  if (!info) return;
  const namespace = namespaceOf(value, info);
  const body = applied ? withLastApplied(value, namespace) : value;
  const { group, version, plural } = info;
  cluster.api.handle({ verb: 'create', group, version, resource: plural, namespace, body, user, fieldManager });
  const client = cluster.client('system:kube-controller-manager');
  const { name } = metadataOf(value);
  if (info.name === 'namespaces' && typeof name === 'string') {
    const metadata = { name: 'default', namespace: name };
    client.create('serviceaccounts', { apiVersion: 'v1', kind: 'ServiceAccount', metadata });
  }
  if (info.name === 'resourcequotas' && typeof name === 'string') {
    const quota = client.get('resourcequotas', namespace, name);
    const hard = quota?.spec?.hard ?? {};
    const used = Object.fromEntries(Object.keys(hard).map((key) => [key, '0']));
    if (quota) client.updateStatus('resourcequotas', { ...quota, status: { hard, used } });
  }
}

function withLastApplied(value: JsonObject, namespace: string | undefined): JsonObject {
  const metadata = metadataOf(value);
  const annotations = isObject(metadata.annotations) ? metadata.annotations : {};
  const text = JSON.stringify({ ...value, metadata: { annotations, ...metadata, namespace } });
  return { ...value, metadata: { ...metadata, annotations: { ...annotations, [lastApplied]: `${text}\n` } } };
}

function requestOf(cluster: Cluster, { manifest, before, post_to: path, verb, patch }: AdmissionCase): ApiRequest {
  const body = valueOf(manifest);
  // An update goes to the path of the object that is there, whatever the new manifest says it is.
  const subject = before === undefined ? body : valueOf(before);
  const info = resourceOfManifest(subject);
  const place = path ? targetOfPath(path) : undefined;
  const target = {
    group: place?.group ?? info?.group ?? '',
    version: place?.version ?? info?.version ?? '',
    resource: place?.resource ?? info?.plural ?? '',
    namespace: place?.namespace ?? (info ? namespaceOf(subject, info) : 'default'),
  };
  const rest = { ...target, dryRun: true, fieldValidation: 'Strict', fieldManager, user } as const;
  const { name } = metadataOf(subject);
  if (verb === undefined) return { ...rest, verb: 'create', body };
  const named = { ...rest, name: String(name) };
  if (verb === 'PATCH') return { ...named, verb: 'patch', patchType: 'strategic', body: patch };
  const live = info && cluster.store.get(info.name, info.namespaced ? target.namespace : undefined, String(name));
  const resourceVersion = live?.metadata.resourceVersion;
  const metadata = { resourceVersion, ...metadataOf(body) };
  return { ...named, verb: 'update', body: { ...body, metadata } };
}

function metadataOf(value: JsonObject): JsonObject {
  return isObject(value.metadata) ? value.metadata : {};
}

function resourceOfManifest({ apiVersion, kind }: JsonObject): ResourceInfo | undefined {
  if (typeof apiVersion !== 'string' || typeof kind !== 'string') return undefined;
  const [group, version] = splitApiVersion(apiVersion);
  return findKind(group, version, kind);
}

function namespaceOf(value: JsonObject, info: ResourceInfo): string | undefined {
  const { namespace } = metadataOf(value);
  if (!info.namespaced) return undefined;
  return typeof namespace === 'string' && namespace !== '' ? namespace : 'default';
}

/** `/apis/apps/v1/namespaces/default/deployments` */
function targetOfPath(path: string) {
  const [, root, ...rest] = path.split('?')[0]?.split('/') ?? [];
  const group = root === 'api' ? '' : (rest.shift() ?? '');
  const version = rest.shift() ?? '';
  const namespace = rest[0] === 'namespaces' && rest.length > 2 ? rest[1] : undefined;
  const resource = rest.at(-1) ?? '';
  return { group, version, resource, namespace: findResource(resource, group)?.namespaced ? namespace : undefined };
}

/** The answer in the recording's shape, without what the server draws by lot. */
function answerOf({ code, body, warnings }: ApiResponse, { verb, response }: AdmissionCase): RecordedAnswer {
  if (body.kind === 'Status') {
    const { reason, message, details } = body as { reason?: string; message?: string; details?: JsonObject };
    return { code, warnings, status: { reason, message, details } };
  }
  const object = structuredClone(body) as KubeObject; // not a Status, so an object
  const metadata: Partial<KubeObject['metadata']> = object.metadata;
  delete metadata.uid;
  delete metadata.resourceVersion;
  delete metadata.creationTimestamp;
  delete metadata.managedFields;
  delete metadata.generation;
  if (verb !== undefined && metadata.annotations) {
    metadata.annotations = Object.fromEntries(
      Object.entries(metadata.annotations).filter(([key]) => key !== lastApplied),
    );
  }
  return { code, warnings, ...(response.object ? { object } : {}) };
}
