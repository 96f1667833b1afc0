// Upstream: staging/src/k8s.io/pod-security-admission/admission/admission.go
import type { Namespace, Pod } from '../../api/generated/core-v1';
import { deepEqual, type KubeObject } from '../../api/object';
import { Path } from '../../api/field-error';
import { invalidStatus, type Status } from '../../apiserver/status';
import type { AdmissionAttributes, AdmissionContext, AdmissionPlugin } from '../chain';
import { asPod } from '../pod-of';
import type { PodUnderCheck } from '../pod-security/check';
import { evaluate, violationsText } from '../pod-security/evaluate';
import { existingPodWarnings } from '../pod-security/existing-pods';
import { policiesOf, policyText } from '../pod-security/policy';
import { templateOf } from '../pod-security/template-of';
import { validateLabels } from '../pod-security/labels';
import { forbiddenBy } from '../refusal';

/** Holds Pods to the Pod Security Standards their namespace asks for; of templates it only warns. */
export const podSecurity: AdmissionPlugin = {
  name: 'PodSecurity',
  validate(attributes, context) {
    const { resource, operation, subresource, object, old } = attributes;
    if (!object || (operation !== 'CREATE' && operation !== 'UPDATE')) return undefined;
    if (resource.name === 'namespaces') return subresource ? undefined : checkNamespace(object, old, context);
    if (subresource && subresource !== 'ephemeralcontainers') return undefined;
    const namespace = context.reader.get('namespaces', undefined, attributes.namespace ?? '');
    if (!namespace) return undefined;
    if (resource.name === 'pods') {
      if (old && !isSignificant(asPod(object), asPod(old))) return undefined;
      return judge(asPod(object), namespace, attributes, context, true);
    }
    const template = templateOf(resource.name, object);
    return template && judge(template, namespace, attributes, context, false);
  },
};

function judge(
  pod: PodUnderCheck,
  { metadata }: Namespace,
  attributes: AdmissionAttributes,
  { kubernetes, warn }: AdmissionContext,
  enforced: boolean,
): Status | undefined {
  const { enforce, warn: warned } = policiesOf(metadata.labels);
  if (enforced) {
    const violations = evaluate(enforce, pod, kubernetes);
    if (violations.length > 0) {
      return forbiddenBy(attributes, `violates PodSecurity "${policyText(enforce)}": ${violationsText(violations)}`);
    }
  }
  // What is enforced and was kept to needs no second look.
  if (enforced && warned === enforce) return undefined;
  const violations = evaluate(warned, pod, kubernetes);
  if (violations.length > 0) warn(`would violate PodSecurity "${policyText(warned)}": ${violationsText(violations)}`);
  return undefined;
}

/** Only a new image, a new ephemeral container or an AppArmor annotation makes an update worth another look. */
function isSignificant(pod: Pod, old: Pod): boolean {
  const images = ({ spec }: Pod) =>
    [spec.initContainers, spec.containers].map((list) => (list ?? []).map(({ image }) => image));
  return !deepEqual(images(pod), images(old)) || !deepEqual(pod.spec.ephemeralContainers, old.spec.ephemeralContainers);
}

function checkNamespace(
  object: KubeObject,
  old: KubeObject | undefined,
  context: AdmissionContext,
): Status | undefined {
  const { name, labels } = object.metadata;
  const errors = validateLabels(labels, Path.of('metadata.labels'));
  if (errors.length > 0) {
    if (old && validateLabels(old.metadata.labels, Path.of('metadata.labels')).length > 0) return undefined;
    return invalidStatus('Namespace', '', name, errors);
  }
  if (!old) return undefined;
  const { enforce } = policiesOf(labels);
  if (deepEqual(enforce, policiesOf(old.metadata.labels).enforce)) return undefined;
  for (const text of existingPodWarnings(name, enforce, policiesOf(old.metadata.labels).enforce, context))
    context.warn(text);
  return undefined;
}
