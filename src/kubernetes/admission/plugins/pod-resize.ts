// Upstream: plugin/pkg/admission/podresize/admission.go, plugin/pkg/admission/nodedeclaredfeatures/admission.go
import type { Node, Pod } from '../../api/generated/core-v1';
import { deepEqual } from '../../api/object';
import { compareQuantities, milliValue, wholeValue } from '../../api/quantity';
import { podTotal } from '../../placement/pod-total';
import type { AdmissionAttributes, AdmissionContext, AdmissionPlugin } from '../chain';
import { asPod } from '../pod-of';
import { forbiddenBy } from '../refusal';

/** The node of a Pod whose resources are about to change. */
function nodeOf({ resource, subresource, object, old }: AdmissionAttributes, { reader }: AdmissionContext) {
  if (subresource !== 'resize' || resource.name !== 'pods' || !object || !old) return undefined;
  const [pod, before] = [asPod(object), asPod(old)];
  if (!pod.spec.nodeName || pod.metadata.generation === before.metadata.generation) return undefined;
  const name = pod.spec.nodeName;
  return { pod, before, name, node: reader.get('nodes', undefined, name) };
}

/** A resize that asks for what the node has not is refused at once. Since 1.36. */
export const podResizeValidator: AdmissionPlugin = {
  name: 'PodResizeValidator',
  validate(attributes, context) {
    const found = context.kubernetes === '1.36' ? nodeOf(attributes, context) : undefined;
    if (!found) return undefined;
    const { pod, name, node } = found;
    if (!node) return forbiddenBy(attributes, `node "${name}" not found`);
    const os = node.metadata.labels?.['kubernetes.io/os'] ?? 'linux';
    if (os !== 'linux') {
      return forbiddenBy(attributes, `pod resize is only supported on linux nodes, node "${name}" is "${os}"`);
    }
    const short = tooMuch(pod, node);
    return short.length > 0
      ? forbiddenBy(attributes, `node didn't have enough allocatable resources: ${short.join('; ')}`)
      : undefined;
  },
};

function tooMuch({ spec }: Pod, { status }: Node): string[] {
  const asked = podTotal(spec, 'requests', true);
  return (['cpu', 'memory'] as const).flatMap((name) => {
    const there = status.allocatable?.[name] ?? '0';
    if (compareQuantities(asked[name], there) <= 0) return [];
    const count = name === 'cpu' ? milliValue : wholeValue;
    return [`${name}, requested: ${count(asked[name])}, allocatable: ${count(there)}`];
  });
}

/** What only some nodes can do has to be declared by the node. Feature gate NodeDeclaredFeatures, since 1.36. */
export const nodeDeclaredFeatureValidator: AdmissionPlugin = {
  name: 'NodeDeclaredFeatureValidator',
  validate(attributes, context) {
    const found = context.kubernetes === '1.36' ? nodeOf(attributes, context) : undefined;
    if (!found) return undefined;
    const { pod, before, name, node } = found;
    const needed = featuresOf(pod, before);
    if (needed.length === 0) return undefined;
    if (!node) return forbiddenBy(attributes, `node "${name}" not found`);
    const missing = needed.filter((one) => !node.status.declaredFeatures?.includes(one));
    if (missing.length === 0) return undefined;
    const text = `pod update requires features ${missing.join(', ')} which are not available on node "${name}"`;
    return forbiddenBy(attributes, text);
  },
};

/** Upstream: staging/src/k8s.io/component-helpers/nodedeclaredfeatures/features/inplacepodresize */
function featuresOf(pod: Pod, before: Pod): string[] {
  const whole = !deepEqual(pod.spec.resources, before.spec.resources);
  const initial = before.spec.initContainers?.some(
    ({ restartPolicy, resources }, i) =>
      restartPolicy !== 'Always' && !deepEqual(resources, pod.spec.initContainers?.[i]?.resources),
  );
  return [
    ...(whole ? ['InPlacePodLevelResourcesVerticalScaling'] : []),
    ...(initial ? ['InPlacePodVerticalScalingInitContainers'] : []),
  ];
}
