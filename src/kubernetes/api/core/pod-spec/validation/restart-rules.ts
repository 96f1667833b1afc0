// Upstream: pkg/apis/core/validation/validation.go `validateContainerRestartPolicy`
import { type FieldError, notSupported, type Path, required, tooMany } from '../../../field-error';
import type { Container } from '../../../generated/core-v1';

const policies = ['Always', 'Never', 'OnFailure'];
const maxRules = 20;
const maxExitCodes = 255;

/** A container's own restart policy, and the rules that make exceptions from it. */
export function validateContainerRestart(
  { restartPolicy, restartPolicyRules = [] }: Container,
  path: Path,
): FieldError[] {
  const errors: FieldError[] = [];
  if (restartPolicy !== undefined && !policies.includes(restartPolicy)) {
    errors.push(notSupported(path.child('restartPolicy'), restartPolicy, policies));
  }
  const at = path.child('restartPolicyRules');
  if (restartPolicyRules.length === 0) return errors;
  if (restartPolicy === undefined) {
    errors.push(required(path.child('restartPolicy'), 'must specify restartPolicy when restart rules are used'));
  }
  if (restartPolicyRules.length > maxRules) errors.push(tooMany(at, restartPolicyRules.length, maxRules));
  for (const [i, { action, exitCodes }] of restartPolicyRules.entries()) {
    const rule = at.index(i);
    if (action !== 'Restart' && action !== 'RestartAllContainers') {
      errors.push(notSupported(rule.child('action'), action ?? '', ['Restart', 'RestartAllContainers']));
    }
    if (!exitCodes) {
      errors.push(required(rule.child('exitCodes'), 'must be specified'));
      continue;
    }
    const codes = rule.child('exitCodes');
    if (exitCodes.operator !== 'In' && exitCodes.operator !== 'NotIn') {
      errors.push(notSupported(codes.child('operator'), exitCodes.operator ?? '', ['In', 'NotIn']));
    }
    const values = exitCodes.values ?? [];
    if (values.length > maxExitCodes) errors.push(tooMany(codes.child('values'), values.length, maxExitCodes));
  }
  return errors;
}
