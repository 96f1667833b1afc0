// Upstream: plugin/pkg/admission/runtimeclass/admission.go, pkg/util/tolerations/tolerations.go
import type { Pod, Toleration } from '../../api/generated/core-v1';
import type { RuntimeClass } from '../../api/generated/node-v1';
import { deepEqual } from '../../api/object';
import { nanosOf } from '../../api/quantity';
import type { AdmissionPlugin } from '../chain';
import { createdPod } from '../pod-of';
import { forbiddenBy } from '../refusal';

const mismatch = "pod rejected: Pod's Overhead doesn't match RuntimeClass's defined Overhead";

/** A Pod takes overhead, node selector and tolerations over from the class it names. */
export const runtimeClass: AdmissionPlugin = {
  name: 'RuntimeClass',
  admit(attributes, { reader }) {
    const pod = createdPod(attributes);
    const name = pod?.spec.runtimeClassName;
    if (!pod || name === undefined) return undefined;
    const found = reader.get('runtimeclasses.node.k8s.io', undefined, name);
    const why = found ? takeOver(pod, found) : `pod rejected: RuntimeClass "${name}" not found`;
    return why === undefined ? undefined : forbiddenBy(attributes, why);
  },
  validate(attributes, { reader }) {
    const pod = createdPod(attributes);
    if (!pod) return undefined;
    const { overhead, runtimeClassName } = pod.spec;
    const found =
      runtimeClassName === undefined
        ? undefined
        : reader.get('runtimeclasses.node.k8s.io', undefined, runtimeClassName);
    if (found?.overhead) return agrees(pod, found) ? undefined : forbiddenBy(attributes, mismatch);
    const why = 'pod rejected: Pod Overhead set without corresponding RuntimeClass defined Overhead';
    return overhead ? forbiddenBy(attributes, why) : undefined;
  },
};

/** In place. The answer is why it cannot be. */
function takeOver(pod: Pod, runtime: RuntimeClass): string | undefined {
  const { spec } = pod;
  const { overhead, scheduling } = runtime;
  if (overhead) {
    if (spec.overhead && !agrees(pod, runtime)) return mismatch;
    spec.overhead = { ...overhead.podFixed };
  }
  const { nodeSelector = {}, tolerations = [] } = scheduling ?? {};
  for (const [key, value] of Object.entries(nodeSelector)) {
    const own = spec.nodeSelector?.[key];
    if (own === undefined || own === value) continue;
    return `conflict: runtimeClass.scheduling.nodeSelector[${key}] = ${value}; pod.spec.nodeSelector[${key}] = ${own}`;
  }
  if (Object.keys(nodeSelector).length > 0) spec.nodeSelector = { ...spec.nodeSelector, ...nodeSelector };
  if (tolerations.length > 0) spec.tolerations = merged([...(spec.tolerations ?? []), ...tolerations]);
  return undefined;
}

function agrees({ spec }: Pod, { overhead }: RuntimeClass): boolean {
  return deepEqual(inNanos(spec.overhead), inNanos(overhead?.podFixed));
}

function inNanos(amounts: { readonly [name: string]: string } | undefined): { [name: string]: bigint } {
  return Object.fromEntries(Object.entries(amounts ?? {}).map(([name, text]) => [name, nanosOf(text)]));
}

/** Without those that another one covers. */
function merged(tolerations: readonly Toleration[]): Toleration[] {
  const kept: Toleration[] = [];
  tolerations.forEach((one, i) => {
    const later = tolerations.slice(i + 1).filter((other) => !deepEqual(one, other));
    if (![...kept, ...later].some((other) => covers(other, one))) kept.push(one);
  });
  return kept;
}

function covers(wide: Toleration, narrow: Toleration): boolean {
  if (deepEqual(wide, narrow)) return true;
  const everyKey = !wide.key && wide.operator === 'Exists';
  if ((wide.key ?? '') !== (narrow.key ?? '') && !everyKey) return false;
  if (wide.effect && wide.effect !== narrow.effect) return false;
  if (wide.effect === 'NoExecute' && wide.tolerationSeconds !== undefined) {
    if (narrow.tolerationSeconds === undefined || narrow.tolerationSeconds > wide.tolerationSeconds) return false;
  }
  if (wide.operator === 'Exists') return true;
  return isEqual(wide) && isEqual(narrow) && (narrow.value ?? '') === (wide.value ?? '');
}

/** No operator means Equal. */
function isEqual({ operator }: Toleration): boolean {
  return !operator || operator === 'Equal';
}
