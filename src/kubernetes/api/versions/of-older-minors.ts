import type { CronJob } from '../generated/batch-v1';
import type { PodSpec, PodTemplate } from '../generated/core-v1';
import type { KindDefinition } from '../kind';
import { isObject, type KubeObject } from '../object';
import { dropDisabledFields } from './disabled-fields';
import { asReportedBy } from './older-texts';

/** A kind as every minor treats it, from the kind as the newest does. */
export function ofOlderMinors(kind: KindDefinition): KindDefinition {
  const { validate, validateUpdate } = kind;
  return {
    ...kind,
    prepareForCreate(object, context, asker) {
      const spec = podSpecOf(object);
      if (spec) dropDisabledFields(spec, context.kubernetes);
      kind.prepareForCreate?.(object, context, asker);
    },
    prepareForUpdate(object, old, context) {
      const spec = podSpecOf(object);
      if (spec) dropDisabledFields(spec, context.kubernetes);
      kind.prepareForUpdate?.(object, old, context);
    },
    ...(validate && {
      validate: (object, context) => asReportedBy(context.kubernetes, validate(object, context)),
    }),
    ...(validateUpdate && {
      validateUpdate: (object, old, context) => asReportedBy(context.kubernetes, validateUpdate(object, old, context)),
    }),
  };
}

/** The spec of the Pod that an object is, or makes. */
function podSpecOf(object: KubeObject): PodSpec | undefined {
  // What was decoded as a kind has its shape.
  if (object.kind === 'Pod') return object.spec as PodSpec;
  if (object.kind === 'PodTemplate') return (object as PodTemplate).template?.spec;
  if (object.kind === 'CronJob') return (object as CronJob).spec.jobTemplate?.spec?.template?.spec;
  const template = isObject(object.spec) ? object.spec.template : undefined;
  return isObject(template) && isObject(template.spec) ? (template.spec as unknown as PodSpec) : undefined; // as above
}
