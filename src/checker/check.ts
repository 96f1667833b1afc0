import { Cluster } from '@/kubernetes/cluster';
import type { KubernetesVersion } from '@/kubernetes/api/kind';
import { isObject, type JsonObject } from '@/kubernetes/api/object';
import { readManifest } from '@/manifest/read';
import { advise } from './advice-stage';
import { namespaceOf, remark, type Remark, submit, type Submission } from './api-stage';
import { type CheckResult, type Finding, speakers, summarise } from './finding';
import { forecast } from './forecast-stage';
import type { CheckOptions } from './options';

/**
 * What a cluster and a colleague would say to a manifest: the reading, the API server with its admission, the
 * components that would act on it, and advice. Never throws on bad input; the same text gives the same answer.
 */
export function check(text: string, options: CheckOptions): CheckResult {
  const kubernetes = options.kubernetes ?? options.world.kubernetes ?? '1.36';
  const seconds = options.forecast ?? 120;
  const cluster = seconds > 0 ? runningCluster(options, kubernetes) : serverOnly(options, kubernetes);
  const manifest = readManifest(text);
  const remarks: Remark[] = manifest.errors.map(({ code, message, range, document }) => ({
    document,
    object: '',
    severity: 'error',
    code,
    speaker: 'kubectl',
    message,
    path: '',
    range,
    fixes: [],
  }));
  const submissions: Submission[] = [];
  for (const document of manifest.documents) {
    const assumed = assumeNamespace(document.value, cluster, options);
    if (assumed)
      remarks.push(
        remark(document, '', {
          severity: 'info',
          code: 'NamespaceAssumed',
          speaker: 'advice',
          message: assumed,
          path: 'metadata.namespace',
        }),
      );
    const submission = submit(document, cluster);
    if (submission.accepted?.kind === 'Namespace') giveServiceAccount(cluster, nameOf(submission.accepted));
    submissions.push(submission);
  }
  for (const submission of submissions) remarks.push(...submission.remarks);
  if (seconds > 0 && submissions.some((one) => one.accepted)) remarks.push(...forecast(submissions, cluster, seconds));
  remarks.push(...advise(submissions, options));
  const file = options.file ?? 'manifest.yaml';
  const findings: Finding[] = remarks
    .map((one) => ({ file, ...one }))
    .sort((a, b) => speakers.indexOf(a.speaker) - speakers.indexOf(b.speaker) || a.document - b.document);
  return { kubernetes, world: options.world.name, findings, summary: summarise(findings) };
}

/** The cluster that a manifest is meant for: up for a while, its nodes ready. */
function runningCluster(options: CheckOptions, kubernetes: KubernetesVersion): Cluster {
  return new Cluster({ ...options.world, kubernetes }, { images: options.images, settled: 30_000 });
}

/** What the API server says depends on no node and no controller, so without a forecast none is started. */
function serverOnly(options: CheckOptions, kubernetes: KubernetesVersion): Cluster {
  const without = ['kube-scheduler', 'kube-controller-manager'];
  return new Cluster({ ...options.world, kubernetes, nodes: [], dns: false, without });
}

/** The controllers give every namespace its service account a moment after it was made; a manifest may not be faster. */
function giveServiceAccount(cluster: Cluster, namespace: string): void {
  cluster.client().create('serviceaccounts', {
    apiVersion: 'v1',
    kind: 'ServiceAccount',
    metadata: { name: 'default', namespace },
  });
}

function nameOf(object: JsonObject): string {
  return isObject(object.metadata) ? String(object.metadata.name) : '';
}

/**
 * A manifest for a namespace that this empty cluster lacks is no mistake: the reader's cluster has it. It is made, with
 * the Pod Security level asked for, and said.
 */
function assumeNamespace(value: unknown, cluster: Cluster, options: CheckOptions): string | undefined {
  if (!isObject(value) || value.kind === 'Namespace') return undefined;
  const name = namespaceOf(value);
  const client = cluster.client();
  const level = options.podSecurity;
  const labels = level ? { 'pod-security.kubernetes.io/enforce': level } : undefined;
  if (client.get('namespaces', undefined, name)) {
    if (labels) client.patch('namespaces', undefined, name, { metadata: { labels } });
    return undefined;
  }
  const made = client.create('namespaces', {
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: { name, labels },
    spec: {},
  });
  if (made.ok) giveServiceAccount(cluster, name);
  return made.ok ? `namespace "${name}" is not part of this text; it is assumed to exist` : undefined;
}
