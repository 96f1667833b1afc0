import type { Container, PodSpec, PodTemplateSpec } from '@/kubernetes/api/generated/core-v1';
import { isObject, type JsonObject, type KubeObject } from '@/kubernetes/api/object';
import { goTypeOf } from '@/kubernetes/apiserver/schema/go-type';
import type { Task } from '@/kubernetes/clock/task';
import { twoWayMergePatch } from '../../apply/patch-diff';
import { KubectlError, throwAll } from '../../errors';
import { type Flag, bool } from '../../flags/flag';
import { dryRunFlag, fieldManagerFlag, filenameFlags, printFlags, selectorFlag } from '../../flags/global-flags';
import type { Invocation } from '../../invocation';
import { dryRunOf, dryRunSuffix } from '../../options';
import { printerOf, resultLine } from '../../output/printer';
import { asError, fileEntries, hasFiles, namedEntries } from '../../resource/builder';
import { type Entry, type Info, apiVersionOf, fetchInfo } from '../../resource/info';

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

/** The objects a `set` command is about, read from the server. */
export function setEntries(invocation: Invocation, words: readonly string[]): Entry[] {
  const { flags } = invocation;
  if (hasFiles(invocation)) {
    return fileEntries(invocation).map((entry) =>
      'info' in entry ? { info: fetchInfo(invocation, entry.info) } : entry,
    );
  }
  return namedEntries(invocation, { words, selector: flags.string('selector'), all: flags.bool('all') });
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

/**
 * Changes every object's Pod spec and patches what became different. `word`: what result lines and failures call the
 * change. Upstream: kubectl/pkg/cmd/set/set_image.go and its siblings.
 */
export function* changePodSpecs(
  invocation: Invocation,
  entries: readonly Entry[],
  word: string,
  change: (spec: PodSpec, object: KubeObject) => void,
): Task<void> {
  yield* changeObjects(invocation, entries, word, (object, info) => {
    const spec = podSpecOf(object);
    if (!spec) {
      const type = `${info.mapping.group ? `${info.mapping.version}` : 'v1'}.${info.mapping.kind}`;
      throw new KubectlError(
        `${info.mapping.plural}/${info.name} the object is not a pod or does not have a pod template: *${type}`,
      );
    }
    change(spec, object);
  });
}

/** The same for any field. */
export function* changeObjects(
  invocation: Invocation,
  entries: readonly Entry[],
  word: string,
  change: (object: KubeObject, info: Info) => void,
): Task<void> {
  const { flags } = invocation;
  const dryRun = dryRunOf(invocation);
  const printer = printerOf(invocation);
  const errors: Error[] = [];
  for (const entry of entries) {
    if ('error' in entry) {
      errors.push(entry.error);
      continue;
    }
    const { info } = entry;
    const { mapping, namespace, name } = info;
    try {
      const next = structuredClone(info.object);
      change(next, info);
      const patch = patchOf(invocation, info, next);
      if (Object.keys(patch).length === 0) continue;
      const object =
        dryRun === 'client'
          ? next
          : invocation.request('patch', mapping, {
              namespace,
              name,
              body: patch,
              patchType: 'strategic',
              fieldManager: flags.string('field-manager'),
              ...(dryRun === 'server' ? { dryRun: true } : {}),
            });
      const named = { ...object, kind: mapping.kind };
      invocation.out(printer ? printer(named) : resultLine(named, `${word} updated`, dryRunSuffix(dryRun)));
    } catch (error) {
      const known = asError(error);
      const text =
        'status' in known
          ? `failed to patch ${failureWord(word)} update to pod template: ${known.message}`
          : known.message;
      errors.push(new KubectlError(text));
    }
  }
  throwAll(errors);
}

function failureWord(word: string): string {
  return word === 'resource requirements' ? 'resources' : word;
}

function patchOf(invocation: Invocation, info: Info, next: KubeObject): JsonObject {
  const { kubernetes } = invocation.context.cluster.world;
  const type = goTypeOf(apiVersionOf(info.mapping), info.mapping.kind, kubernetes);
  return twoWayMergePatch(info.object, next, type);
}
