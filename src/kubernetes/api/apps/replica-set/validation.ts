// Upstream: pkg/apis/apps/validation/validation.go `ValidateReplicaSetSpec`, `ValidatePodTemplateSpecForReplicaSet`
import { type FieldError, invalid, Path } from '../../field-error';
import type { ReplicaSet } from '../../generated/apps-v1';
import type { PodTemplateSpec } from '../../generated/core-v1';
import type { LabelSelector } from '../../generated/meta-v1';
import type { KindContext } from '../../kind';
import { isReadable, printedSelector } from '../../meta/label-selector';
import { validateNonNegative } from '../../meta/object-meta';
import { validateLastingTemplate, validateSelector, validateTemplateLabels } from '../../core/pod-template/selector';

const spec = Path.of('spec');

export function validateReplicaSetSpec(object: ReplicaSet, context: KindContext): FieldError[] {
  const { replicas, minReadySeconds, selector, template } = object.spec;
  return [
    ...validateNonNegative(replicas, spec.child('replicas')),
    ...validateNonNegative(minReadySeconds, spec.child('minReadySeconds')),
    ...validateSelector(selector, spec.child('selector'), 'deployment'),
    ...validateReplicatedTemplate(selector, template, context),
  ];
}

/** Also of a Deployment: upstream's texts name the ReplicaSet there too. */
export function validateReplicatedTemplate(
  selector: LabelSelector | undefined,
  template: PodTemplateSpec | undefined,
  context: KindContext,
): FieldError[] {
  const at = spec.child('selector');
  if (!isReadable(selector, at)) return [invalid(at, printedSelector(selector), 'invalid label selector')];
  const path = spec.child('template');
  return [
    ...validateTemplateLabels(selector, template, path),
    ...validateLastingTemplate(template, path, context, 'ReplicaSet'),
  ];
}
