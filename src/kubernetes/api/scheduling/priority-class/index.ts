// Upstream: pkg/apis/scheduling/validation/validation.go, pkg/apis/scheduling/v1/defaults.go
import { defineKind } from '../../define-kind';
import { type FieldError, forbidden, Path } from '../../field-error';
import { validateImmutable } from '../../meta/object-meta';
import type { PriorityClass } from '../../generated/scheduling-v1';
import { dns1123Subdomain } from '../../meta/names';
import { requiredOneOf } from '../../core/pod-spec/validation/supported';

const highest = 1_000_000_000;

/** The classes that every cluster has. Upstream: pkg/apis/scheduling/v1/helpers.go */
const systemPriorityClasses: Readonly<Record<string, number>> = {
  'system-node-critical': 2 * highest + 1000,
  'system-cluster-critical': 2 * highest,
};

export const priorityClass = defineKind<PriorityClass>({
  group: 'scheduling.k8s.io',
  version: 'v1',
  kind: 'PriorityClass',
  namespaced: false,
  updates: ['meta', 'change'],
  name: dns1123Subdomain,
  setDefaults(object) {
    object.preemptionPolicy ??= 'PreemptLowerPriority';
    object.value ??= 0;
  },
  prepareForCreate({ metadata }) {
    metadata.generation = 1;
  },
  validateContent({ metadata, value = 0, preemptionPolicy }) {
    const errors: FieldError[] = [];
    const name = metadata.name ?? '';
    if (name.startsWith('system-')) {
      if (systemPriorityClasses[name] !== value) {
        const known = systemPriorityClasses[name] !== undefined;
        const why = known
          ? `value of ${name} PriorityClass must be ${systemPriorityClasses[name]}`
          : `${name} is not a known system priority class`;
        const text = `priority class names with 'system-' prefix are reserved for system use only. error: ${why}`;
        errors.push(forbidden(Path.of('metadata.name'), text));
      }
    } else if (value > highest) {
      errors.push(forbidden(Path.of('value'), `maximum allowed value of a user defined priority is ${highest}`));
    }
    return [
      ...errors,
      ...requiredOneOf(preemptionPolicy, ['PreemptLowerPriority', 'Never'], Path.of('preemptionPolicy')),
    ];
  },
  validateChange(object, old) {
    const errors: FieldError[] = [];
    if ((object.value ?? 0) !== (old.value ?? 0))
      errors.push(forbidden(Path.of('value'), 'may not be changed in an update.'));
    const policy = Path.of('preemptionPolicy');
    return [...errors, ...validateImmutable(object.preemptionPolicy, old.preemptionPolicy, policy)];
  },
});
