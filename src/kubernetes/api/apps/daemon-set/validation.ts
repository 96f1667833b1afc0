// Upstream: pkg/apis/apps/validation/validation.go `ValidateDaemonSetSpec`
import { type FieldError, invalid, notSupported, Path, required } from '../../field-error';
import type { DaemonSet, DaemonSetUpdateStrategy, RollingUpdateDaemonSet } from '../../generated/apps-v1';
import { validateAtMostAll, validateIntOrPercent, writtenNumber } from '../../int-or-percent';
import type { KindContext } from '../../kind';
import { isEmptySelector } from '../../label-selector';
import { printedSelector, validateLabelSelector } from '../../meta/label-selector';
import { validateNonNegative } from '../../meta/object-meta';
import { internalForm } from '../../core/internal-form';
import { validateLasting, validateTemplateLabels } from '../../core/pod-template/selector';
import { validatePodTemplateSpec } from '../../core/pod-template/validation';

const spec = Path.of('spec');

/** Nothing here looks at host ports: a surge on a node whose port is taken is accepted, and then waits. */
export function validateDaemonSetSpec(object: DaemonSet, context: KindContext): FieldError[] {
  const { selector, template, updateStrategy, minReadySeconds, revisionHistoryLimit } = object.spec;
  const at = spec.child('selector');
  const path = spec.child('template');
  const errors = validateLabelSelector(selector, at);
  if (errors.length === 0) errors.push(...validateTemplateLabels(selector, template, path));
  if (selector && isEmptySelector(selector)) {
    errors.push(invalid(at, printedSelector(selector), 'empty selector is invalid for daemonset'));
  }
  return [
    ...errors,
    ...validatePodTemplateSpec(template, path, context),
    ...validateLasting(template, path, 'DaemonSet'),
    ...validateStrategy(updateStrategy ?? {}, spec.child('updateStrategy')),
    ...validateNonNegative(minReadySeconds, spec.child('minReadySeconds')),
    ...validateNonNegative(revisionHistoryLimit, spec.child('revisionHistoryLimit')),
  ];
}

function validateStrategy(strategy: DaemonSetUpdateStrategy, path: Path): FieldError[] {
  const { type, rollingUpdate } = strategy;
  if (type === 'OnDelete') return [];
  if (type !== 'RollingUpdate') {
    return [notSupported(path, internalForm('DaemonSetUpdateStrategy', strategy), ['RollingUpdate', 'OnDelete'])];
  }
  const at = path.child('rollingUpdate');
  return rollingUpdate ? validateRollingUpdate(rollingUpdate, at) : [required(at)];
}

function validateRollingUpdate({ maxUnavailable, maxSurge }: RollingUpdateDaemonSet, path: Path): FieldError[] {
  const fields = { maxUnavailable, maxSurge };
  const errors = [
    ...Object.entries(fields).flatMap(([field, value]) => validateIntOrPercent(value, path.child(field))),
    ...Object.entries(fields).flatMap(([field, value]) => validateAtMostAll(value, path.child(field))),
  ];
  const unavailable = writtenNumber(maxUnavailable) !== 0;
  const surge = writtenNumber(maxSurge) !== 0;
  if (unavailable && surge) {
    errors.push(invalid(path.child('maxSurge'), maxSurge, 'may not be set when maxUnavailable is non-zero'));
  } else if (!unavailable && !surge) {
    errors.push(required(path.child('maxUnavailable'), 'cannot be 0 when maxSurge is 0'));
  }
  return errors;
}
