// Upstream: pkg/apis/core/validation/validation.go `validateContainerRestartPolicy`
import { type FieldError, forbidden, notSupported, type Path, required, tooMany } from '../../../field-error';
import type { Container } from '../../../generated/core-v1';
import type { KubernetesVersion } from '../../../kind';
import { serverFacts } from '../../../versions/server-facts';

const policies = ['Always', 'Never', 'OnFailure'];
const maxRules = 20;
const maxExitCodes = 255;

/** A container's own restart policy, and the rules that make exceptions from it. */
export function validateContainerRestart(
  { restartPolicy, restartPolicyRules = [] }: Container,
  kubernetes: KubernetesVersion,
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
    const actions = serverFacts[kubernetes].restartsAll ? ['Restart', 'RestartAllContainers'] : ['Restart'];
    if (!actions.includes(action ?? '')) errors.push(notSupported(rule.child('action'), action ?? '', actions));
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

/** Of an init container: sidecars have had no rules before they could start all containers anew. */
export function validateInitRestart(container: Container, kubernetes: KubernetesVersion, path: Path): FieldError[] {
  const { restartPolicy, restartPolicyRules = [] } = container;
  if (restartPolicy !== 'Always' || serverFacts[kubernetes].restartsAll) {
    return validateContainerRestart(container, kubernetes, path);
  }
  if (restartPolicyRules.length === 0) return [];
  const text = 'restartPolicyRules are not allowed for init containers with restart policy Always';
  return [forbidden(path.child('restartPolicyRules'), text)];
}
