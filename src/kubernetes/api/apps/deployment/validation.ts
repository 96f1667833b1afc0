// Upstream: pkg/apis/apps/validation/validation.go `ValidateDeploymentSpec`
import { type FieldError, forbidden, invalid, notSupported, Path, required } from '../../field-error';
import type { Deployment, DeploymentStrategy, RollingUpdateDeployment } from '../../generated/apps-v1';
import { validateAtMostAll, validateIntOrPercent, writtenNumber } from '../../int-or-percent';
import type { KindContext } from '../../kind';
import { validateNonNegative } from '../../meta/object-meta';
import { internalForm } from '../../core/internal-form';
import { validateSelector } from '../../core/pod-template/selector';
import { validateReplicatedTemplate } from '../replica-set/validation';

const spec = Path.of('spec');

export function validateDeploymentSpec(object: Deployment, context: KindContext): FieldError[] {
  const { replicas, selector, template, strategy, minReadySeconds, revisionHistoryLimit } = object.spec;
  return [
    ...validateNonNegative(replicas, spec.child('replicas')),
    ...validateSelector(selector, spec.child('selector'), 'deployment'),
    ...validateReplicatedTemplate(selector, template, context),
    ...validateStrategy(strategy ?? {}, spec.child('strategy')),
    ...validateNonNegative(minReadySeconds, spec.child('minReadySeconds')),
    ...validateNonNegative(revisionHistoryLimit, spec.child('revisionHistoryLimit')),
    ...validateDeadline(object.spec.progressDeadlineSeconds, minReadySeconds ?? 0),
  ];
}

function validateDeadline(deadline: number | undefined, minReadySeconds: number): FieldError[] {
  if (deadline === undefined) return [];
  const path = spec.child('progressDeadlineSeconds');
  const errors = validateNonNegative(deadline, path);
  if (deadline <= minReadySeconds) errors.push(invalid(path, deadline, 'must be greater than minReadySeconds'));
  return errors;
}

function validateStrategy(strategy: DeploymentStrategy, path: Path): FieldError[] {
  const { type, rollingUpdate } = strategy;
  const at = path.child('rollingUpdate');
  if (type === 'Recreate') {
    return rollingUpdate ? [forbidden(at, "may not be specified when strategy `type` is 'Recreate'")] : [];
  }
  if (type !== 'RollingUpdate') {
    return [notSupported(path, internalForm('DeploymentStrategy', strategy), ['Recreate', 'RollingUpdate'])];
  }
  if (!rollingUpdate) return [required(at, 'this should be defaulted and never be nil')];
  return validateRollingUpdate(rollingUpdate, at);
}

function validateRollingUpdate({ maxUnavailable, maxSurge }: RollingUpdateDeployment, path: Path): FieldError[] {
  const errors = [
    ...validateIntOrPercent(maxUnavailable, path.child('maxUnavailable')),
    ...validateIntOrPercent(maxSurge, path.child('maxSurge')),
  ];
  if (writtenNumber(maxUnavailable) === 0 && writtenNumber(maxSurge) === 0) {
    errors.push(invalid(path.child('maxUnavailable'), maxUnavailable, 'may not be 0 when `maxSurge` is 0'));
  }
  return [...errors, ...validateAtMostAll(maxUnavailable, path.child('maxUnavailable'))];
}
