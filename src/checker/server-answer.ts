import type { KubernetesVersion } from '@/kubernetes/api/kind';
import { BareServer } from '@/kubernetes/bare-server';
import { bootObjects } from '@/kubernetes/boot';
import type { WorldFile } from '@/kubernetes/world';
import { readManifestInSteps } from '@/manifest/read';
import { advise } from './advice-stage';
import { submit, type Submission } from './api-stage';
import { sayDuplicates } from './duplicate-stage';
import { type CheckResult, type Finding, speakers, summarise } from './finding';
import { assumeNamespace, welcome } from './namespaces';
import { objectsOf } from './objects';
import type { CheckOptions } from './options';
import { remark, type Remark } from './remark';

/** What is known of a manifest before any component has acted on it. */
export interface ServerAnswer {
  readonly kubernetes: KubernetesVersion;
  readonly submissions: readonly Submission[];
  /** Of the reading, the API server and admission. */
  readonly remarks: readonly Remark[];
  /** What a colleague would say. */
  readonly advice: readonly Remark[];
}

/**
 * The reading, the API server with its admission, and advice: all that depends on no node and no controller. Yields
 * after every document, so that a host may do something else in between.
 */
export function* askServer(text: string, options: CheckOptions): Generator<void, ServerAnswer> {
  const kubernetes = versionOf(options);
  const server = serverFor(options.world, kubernetes);
  const manifest = yield* readManifestInSteps(text, { pastErrors: true });
  const remarks: Remark[] = manifest.errors.map(({ code, message, range, document }, i) => ({
    document,
    object: '',
    severity: 'error',
    code,
    speaker: 'kubectl',
    message,
    path: '',
    range,
    fixes: [],
    // kubectl itself stops reading at the first one.
    ...(i > 0 ? { later: true } : {}),
  }));
  for (const document of manifest.documents) remarks.push(...sayDuplicates(document));
  const submissions: Submission[] = [];
  for (const document of objectsOf(manifest.documents)) {
    const assumed = assumeNamespace(document.value, server, options);
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
    const submission = submit(document, server);
    welcome(submission.accepted, server);
    submissions.push(submission);
    yield;
  }
  for (const submission of submissions) remarks.push(...submission.remarks);
  return { kubernetes, submissions, remarks, advice: advise(submissions, options) };
}

/** Puts the remarks together in the order in which the speakers would speak. */
export function resultOf(
  answer: ServerAnswer,
  options: Pick<CheckOptions, 'file' | 'world'>,
  forecast: readonly Remark[] = [],
): CheckResult {
  const file = options.file ?? 'manifest.yaml';
  const findings: Finding[] = [...answer.remarks, ...forecast, ...answer.advice]
    .map((one) => ({ file, ...one }))
    .sort((a, b) => speakers.indexOf(a.speaker) - speakers.indexOf(b.speaker) || a.document - b.document);
  return { kubernetes: answer.kubernetes, world: options.world.name, findings, summary: summarise(findings) };
}

/** The minor that a manifest is checked against. */
export function versionOf(options: CheckOptions): KubernetesVersion {
  return options.kubernetes ?? options.world.kubernetes ?? '1.36';
}

const booted = new WeakMap<WorldFile, Map<KubernetesVersion, BareServer>>();

/** An API server with the world's own objects and no node. Each world's is begun once; every check gets its own copy. */
export function serverFor(world: WorldFile, kubernetes: KubernetesVersion): BareServer {
  const known = booted.get(world) ?? new Map<KubernetesVersion, BareServer>();
  booted.set(world, known);
  let server = known.get(kubernetes);
  if (!server) {
    server = new BareServer({ ...world, kubernetes, nodes: [], dns: false });
    bootObjects(server);
    known.set(kubernetes, server);
  }
  return server.fork();
}
