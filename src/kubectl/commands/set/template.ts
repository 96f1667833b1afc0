import type { Container, PodSpec, PodTemplateSpec } from '@/kubernetes/api/generated/core-v1';
import { isObject, type JsonObject, type KubeObject } from '@/kubernetes/api/object';
import { goTypeOf } from '@/kubernetes/apiserver/schema/go-type';
import { twoWayMergePatch } from '../../apply/patch-diff';
import { KubectlError, throwAll } from '../../errors';
import { type Flag, bool } from '../../flags/flag';
import { dryRunFlag, fieldManagerFlag, filenameFlags, printFlags, selectorFlag } from '../../flags/global-flags';
import type { Invocation } from '../../invocation';
import { dryRunOf, dryRunSuffix } from '../../options';
import { printerOf, resultLine } from '../../output/printer';
import { asTyped } from '../../output/typed-order';
import {
  asError,
  errorsOf,
  fetchedEntries,
  fileEntries,
  hasFiles,
  infosOf,
  missingResource,
  namedEntries,
} from '../../resource/builder';
import { type Info, apiVersionOf } from '../../resource/info';

/** The flags of every `kubectl set …`. */
export const setFlags: readonly Flag[] = [
  ...filenameFlags,
  ...printFlags,
  selectorFlag,
  dryRunFlag,
  fieldManagerFlag('kubectl-set'),
  bool('all'),
  bool('local'),
];

/**
 * The objects a `set` command is about: read from the server, or with `--local` from files alone. Throws for the first
 * one that cannot be read.
 */
export function setInfos(invocation: Invocation, words: readonly string[]): Info[] {
  const { flags, minor } = invocation;
  const local = flags.bool('local');
  const entries = local
    ? fileEntries(invocation, { bare: true })
    : hasFiles(invocation)
      ? fetchedEntries(invocation)
      : namedEntries(invocation, { words, selector: flags.string('selector'), all: flags.bool('all') });
  if (local && !hasFiles(invocation)) throw new KubectlError(missingResource);
  throwAll(errorsOf(entries));
  const infos = infosOf(entries);
  return local ? infos.map((info) => ({ ...info, object: asTyped(info.object, minor) })) : infos;
}

/** Upstream: `Validate` of set_image.go and its siblings. */
export function refuseLocalOnServer(invocation: Invocation): void {
  if (invocation.flags.bool('local') && dryRunOf(invocation) === 'server') {
    throw new KubectlError('cannot specify --local and --dry-run=server - did you mean --dry-run=client?');
  }
}

/** `deployments/web`; without a server a kind is only known by its own name. Upstream: resource.Info `ObjectName`. */
function nameOf({ flags }: Invocation, { mapping, name }: Info): string {
  return `${flags.bool('local') ? mapping.kind.toLowerCase() : mapping.plural}/${name}`;
}

/** The Pod spec inside an object; undefined for kinds without one. Upstream: `UpdatePodSpecForObject`. */
export function podSpecOf(object: KubeObject): PodSpec | undefined {
  const spec = isObject(object.spec) ? object.spec : undefined;
  // The kinds that have these fields have them in this shape.
  if (object.kind === 'Pod') return spec as PodSpec | undefined;
  const job = spec && isObject(spec.jobTemplate) && isObject(spec.jobTemplate.spec) ? spec.jobTemplate.spec : spec;
  const template = job?.template as PodTemplateSpec | undefined;
  return template?.spec;
}

/** Containers whose names fit `pattern` (`*` stands for anything). */
export function selectContainers(spec: PodSpec, pattern: string): Container[] {
  const fits = new RegExp(`^${pattern.replace(/[.+?^${}()|[\]\\]/g, '\\$&').replaceAll('*', '.*')}$`);
  return [...spec.containers, ...(spec.initContainers ?? [])].filter((one) => fits.test(one.name));
}

/** What one `set` command does and says. */
export interface Setting {
  /** What result lines say has been updated: `image`. */
  readonly word: string;
  /** What stands before the server's refusal. */
  readonly failure: string;
  /** Objects that stay as they are get a line all the same. */
  readonly saysUnchanged?: boolean;
}

/**
 * Changes every object's Pod spec and patches what became different. A change may hand back failures that do not stop
 * it. Upstream: kubectl/pkg/cmd/set/set_image.go and its siblings.
 */
export function changePodSpecs(
  invocation: Invocation,
  infos: readonly Info[],
  setting: Setting,
  change: (spec: PodSpec, info: Info) => readonly Error[],
): void {
  changeObjects(invocation, infos, setting, (object, info) => {
    const spec = podSpecOf(object);
    if (spec) return change(spec, info);
    const type = `*${info.mapping.group ? info.mapping.version : 'v1'}.${info.mapping.kind}`;
    throw new KubectlError(`the object is not a pod or does not have a pod template: ${type}`);
  });
}

type Plan =
  { readonly info: Info; readonly next: KubeObject; readonly patch: JsonObject } | { readonly failure: KubectlError };

/** The same for any field. */
export function changeObjects(
  invocation: Invocation,
  infos: readonly Info[],
  setting: Setting,
  change: (object: KubeObject, info: Info) => readonly Error[],
): void {
  const errors: Error[] = [];
  const planned = infos.flatMap((info): Plan[] => {
    const next = structuredClone(info.object);
    try {
      errors.push(...change(next, info));
      const patch = patchOf(invocation, info, next);
      return Object.keys(patch).length > 0 || setting.saysUnchanged ? [{ info, next, patch }] : [];
    } catch (error) {
      return [{ failure: new KubectlError(`error: ${nameOf(invocation, info)} ${asError(error).message}\n`) }];
    }
  });
  const print = printing(invocation, setting.word);
  for (const plan of planned) {
    try {
      if ('failure' in plan) throw plan.failure;
      print(send(invocation, plan.info, plan.next, plan.patch));
    } catch (error) {
      const known = asError(error);
      errors.push('status' in known ? new KubectlError(`${setting.failure}${known.message}`) : known);
    }
  }
  throwAll(errors);
}

function printing(invocation: Invocation, word: string): (object: KubeObject) => void {
  const suffix = dryRunSuffix(dryRunOf(invocation));
  const printer = printerOf(invocation, { typed: true });
  return (object) => invocation.out(printer ? printer(object) : resultLine(object, `${word} updated`, suffix));
}

/** Prints one changed object. */
export function printOne(invocation: Invocation, word: string, object: KubeObject): void {
  printing(invocation, word)(object);
}

/** The changed object as it is stored, or as it would be. Throws StatusError. */
export function send(invocation: Invocation, info: Info, next: KubeObject, body: JsonObject): KubeObject {
  const { flags } = invocation;
  const dryRun = dryRunOf(invocation);
  const { mapping, namespace, name } = info;
  if (dryRun === 'client' || flags.bool('local')) return next;
  return invocation.request('patch', mapping, {
    namespace,
    name,
    body,
    patchType: 'strategic',
    fieldManager: flags.string('field-manager'),
    ...(dryRun === 'server' ? { dryRun: true } : {}),
  });
}

function patchOf(invocation: Invocation, info: Info, next: KubeObject): JsonObject {
  const { kubernetes } = invocation.context.cluster.world;
  const type = goTypeOf(apiVersionOf(info.mapping), info.mapping.kind, kubernetes);
  return twoWayMergePatch(info.object, next, type);
}
