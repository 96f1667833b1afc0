// Upstream: pkg/apis/core/validation/validation.go `ValidateReplicationControllerSpec`
import { type FieldError, Path, required } from '../../field-error';
import type { ReplicationController } from '../../generated/core-v1';
import type { KindContext } from '../../kind';
import { validateNonNegative } from '../../meta/object-meta';
import { validateLastingTemplate, validateTemplateLabels } from '../pod-template/selector';

const spec = Path.of('spec');

export function validateReplicationControllerSpec(object: ReplicationController, context: KindContext): FieldError[] {
  const { minReadySeconds, replicas, selector = {}, template } = object.spec;
  const path = spec.child('template');
  const selects = Object.keys(selector).length > 0;
  return [
    ...validateNonNegative(minReadySeconds, spec.child('minReadySeconds')),
    ...(selects ? [] : [required(spec.child('selector'))]),
    ...validateNonNegative(replicas, spec.child('replicas')),
    ...(template
      ? [
          ...(selects ? validateTemplateLabels({ matchLabels: selector }, template, path) : []),
          ...validateLastingTemplate(template, path, context, 'ReplicationController'),
        ]
      : [required(path)]),
  ];
}
