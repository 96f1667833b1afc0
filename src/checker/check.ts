import { Cluster } from '@/kubernetes/cluster';
import { isObject } from '@/kubernetes/api/object';
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
  // Nodes have to be ready for a forecast; the API server's answer does not depend on them.
  const settled = seconds > 0 ? 30_000 : 0;
  const cluster = new Cluster({ ...options.world, kubernetes }, { images: options.images, settled });
  // The cluster that a manifest is meant for has been up for a moment: its nodes are ready.
  cluster.advance(5_000);
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
    submissions.push(submit(document, cluster));
  }
  for (const submission of submissions) remarks.push(...submission.remarks);
  if (seconds > 0 && submissions.some((one) => one.accepted)) remarks.push(...forecast(submissions, cluster, seconds));
  remarks.push(...advise(submissions, cluster, options));
  const file = options.file ?? 'manifest.yaml';
  const findings: Finding[] = remarks
    .map((one) => ({ file, ...one }))
    .sort((a, b) => speakers.indexOf(a.speaker) - speakers.indexOf(b.speaker) || a.document - b.document);
  return { kubernetes, world: options.world.name, findings, summary: summarise(findings) };
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
  return made.ok ? `namespace "${name}" is not part of this text; it is assumed to exist` : undefined;
}
