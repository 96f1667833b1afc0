import type { KubernetesVersion } from '@/kubernetes/api/kind';
import { isObject, type JsonObject } from '@/kubernetes/api/object';
import type { ResourceInfo } from '@/kubernetes/api/registry';
import { isStatus } from '@/kubernetes/apiserver/client';
import { decode } from '@/kubernetes/apiserver/decode/decoder';
import { goTypeOf } from '@/kubernetes/apiserver/schema/go-type';
import { decoderFacts } from '@/kubernetes/api/versions/decoder-facts';
import type { BareServer } from '@/kubernetes/bare-server';
import { parsePath } from '@/manifest/path';
import type { FieldPath, ManifestDocument } from '@/manifest/manifest';
import { Mended } from './mended';
import { type Refusal, refusalOf } from './refusal';
import { type Details, remark, type Remark } from './remark';
import { podSpecPath } from './subject';
import { targetOf } from './target';

/** What became of one document: what was said, and the stored object if it was accepted. */
export interface Submission {
  readonly document: ManifestDocument;
  readonly remarks: readonly Remark[];
  readonly accepted?: JsonObject;
  /**
   * An object with Pods in it as the server reads its fields, once what it cannot read is mended. Not there where that is
   * not enough.
   */
  readonly meant?: JsonObject;
  /** The place in the text of a path in `meant`. */
  readonly original: (path: FieldPath) => FieldPath;
}

/** More mistakes of types than this are not told one by one. */
const attempts = 25;

/**
 * Sends one document to the API server as kubectl would, and says what comes back. The server stops at the first
 * class of mistakes; so what it said is mended in a copy, and the copy is asked about in turn (`later`), without being
 * stored.
 */
export function submit(document: ManifestDocument, server: BareServer): Submission {
  const mended = new Mended(document.value);
  const told = new Map<string, Remark>();
  const original = (path: FieldPath) => mended.original(path);
  let meant: JsonObject | undefined;
  let accepted: JsonObject | undefined;
  let strict = true;
  const name = describeObject(document.value);
  for (let attempt = 0; attempt < attempts; attempt++) {
    const answer = ask(mended.value, server, strict, attempt > 0);
    for (const details of answer.details) {
      if (mended.isHole(details.path, details.message)) continue;
      const steps = typeof details.path === 'string' ? parsePath(details.path) : details.path;
      const placed = { ...details, path: mended.original(steps), proposal: inText(details.proposal, mended) };
      const key = `${String(placed.path)}\n${details.message}`;
      const object = answer.stage === 'target' ? '' : name;
      if (!told.has(key))
        told.set(key, { ...remark(document, object, placed), ...(attempt > 0 ? { later: true } : {}) });
    }
    meant = answer.meant?.() ?? meant;
    if (answer.accepted && attempt === 0) ({ accepted } = answer);
    if (answer.accepted || !mend(answer, mended)) break;
    if (answer.stage === 'names') strict = false;
  }
  return { document, remarks: [...told.values()], accepted, meant, original };
}

/** What the server says to a body, and what becomes of it. */
export interface Answer {
  readonly stage: Refusal['stage'] | 'target' | 'none';
  readonly details: readonly Details[];
  readonly accepted?: JsonObject;
  /** The body as it stands, in the types that the server gives its fields; undefined where those do not fit. */
  readonly meant?: () => JsonObject | undefined;
}

/** Asks the API server once about the creation of an object; `strict`: unknown fields are mistakes. */
export function ask(body: unknown, server: BareServer, strict: boolean, dryRun: boolean): Answer {
  const { kubernetes } = server.world;
  const target = targetOf(body, kubernetes);
  if ('stopped' in target) return { stage: 'target', details: [target.stopped] };
  const { info, value } = target;
  const response = server.api.handle({
    verb: 'create',
    group: info.group,
    version: info.version,
    resource: info.plural,
    namespace: info.namespaced ? namespaceOf(value) : undefined,
    body: value,
    fieldValidation: strict ? 'Strict' : 'Ignore',
    fieldManager: 'kubectl-client-side-apply',
    user: 'kubernetes-admin',
    dryRun,
  });
  const warnings = response.warnings.map(warning);
  const meant = () => readable(value, info, kubernetes);
  if (!isStatus(response.body)) {
    return { stage: 'none', details: warnings, accepted: response.body, meant };
  }
  const { stage, details } = refusalOf(response.body, value, info, kubernetes);
  const isRead = stage !== 'types' && stage !== 'names';
  return { stage, details: [...warnings, ...details], meant: isRead ? meant : undefined };
}

/** The fields of an object with Pods in it, with the types that the server gives them: nobody asks for those of others. */
function readable(value: JsonObject, info: ResourceInfo, kubernetes: KubernetesVersion): JsonObject | undefined {
  if (!podSpecPath(info.kind)) return undefined;
  const type = goTypeOf(info.group ? `${info.group}/${info.version}` : info.version, info.kind, kubernetes);
  const decoded = type && decode(value, type, decoderFacts(kubernetes));
  return decoded?.ok ? decoded.object : undefined;
}

/** Makes good what an answer complains of; false where that ends. */
function mend({ stage, details }: Answer, mended: Mended): boolean {
  if (stage === 'policy' || stage === 'none') return false;
  const complaints = details.filter((one) => one.severity !== 'warning');
  const helpless = complaints.some((one) => !one.proposal && !mended.isHole(one.path, one.message));
  if (helpless && (stage === 'rules' || stage === 'target')) return false;
  for (const { proposal, path } of complaints) {
    if (proposal) mended.apply(proposal);
    else if (stage === 'types' && path.length > 0) mended.empty(typeof path === 'string' ? parsePath(path) : path);
    else if (stage === 'types') return false;
  }
  return stage !== 'rules' || complaints.some((one) => one.proposal);
}

function inText(proposal: Details['proposal'], mended: Mended): Details['proposal'] {
  return (
    proposal && {
      ...proposal,
      changes: proposal.changes.map((change) => ({ ...change, path: mended.original(change.path) })),
    }
  );
}

/** The namespace a document is for. */
export function namespaceOf(value: JsonObject): string {
  const { metadata } = value;
  return isObject(metadata) && typeof metadata.namespace === 'string' ? metadata.namespace : 'default';
}

function describeObject(value: unknown): string {
  if (!isObject(value)) return '';
  const { metadata } = value;
  const name = isObject(metadata) ? (metadata.name ?? metadata.generateName) : undefined;
  return `${String(value.kind)}/${typeof name === 'string' ? name : ''}`;
}

function warning(message: string): Details {
  const field = /^([a-z]\w*(?:\.[\w-]+|\[[^\]]*\])*)(?::| is deprecated)/.exec(message)?.[1];
  // A deprecated version: `v1 Endpoints is deprecated in v1.33+; …`
  const path = field ?? (/^\S+ \S+ is deprecated/.test(message) ? 'apiVersion' : '');
  const speaker = message.startsWith('would violate PodSecurity') ? 'admission' : 'api-server';
  return { severity: 'warning', code: 'Warning', speaker, message, path };
}
