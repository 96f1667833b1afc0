// Upstream: pkg/apis/admissionregistration/validation/validation.go `validateValidatingWebhook`, `validateMutatingWebhook`
import { optionalOneOf } from '../../core/pod-spec/validation/supported';
import { duplicate, type FieldError, invalid, Path, required } from '../../field-error';
import type { ValidatingWebhook } from '../../generated/admissionregistration-v1';
import { validateLabelSelector } from '../../meta/label-selector';
import { dns1035Label, dns1123Subdomain } from '../../meta/names';
import { validateConditions } from '../expressions';
import { validateRuleWithOperations } from '../match-resources';
import { PolicyCompiler } from '../policy-compiler';
import { validateClientConfig } from './client-config';

const sideEffects = ['None', 'NoneOnDryRun'];
const acceptedVersions = ['v1', 'v1beta1'];
const longestTimeout = 30;

/** `own` are the errors of what only one of the two kinds has; upstream tells them before the client's. */
export function validateWebhooks<T extends ValidatingWebhook>(
  hooks: readonly T[],
  own: (hook: T, at: Path) => FieldError[],
): FieldError[] {
  const names = hooks.map(({ name }) => name);
  return hooks.flatMap((hook, i) => {
    const at = Path.of('webhooks').index(i);
    const { name = '', admissionReviewVersions } = hook;
    return [
      ...validateWebhook(hook, at, own(hook, at)),
      ...validateVersions(admissionReviewVersions ?? [], at.child('admissionReviewVersions')),
      ...(name && names.indexOf(name) < i ? [duplicate(at.child('name'), name)] : []),
    ];
  });
}

function validateWebhook(hook: ValidatingWebhook, at: Path, own: readonly FieldError[]): FieldError[] {
  const { timeoutSeconds: timeout } = hook;
  const compiler = new PolicyCompiler({ params: false, variables: false });
  const one = `must specify one of ${sideEffects.join(', ')}`;
  return [
    ...validateHookName(hook.name ?? '', at.child('name')),
    ...(hook.rules ?? []).flatMap((rule, i) => validateRuleWithOperations(rule, at.child('rules').index(i))),
    ...optionalOneOf(hook.failurePolicy, ['Fail', 'Ignore'], at.child('failurePolicy')),
    ...optionalOneOf(hook.matchPolicy, ['Equivalent', 'Exact'], at.child('matchPolicy')),
    ...(hook.sideEffects === undefined ? [required(at.child('sideEffects'), one)] : []),
    ...optionalOneOf(hook.sideEffects, sideEffects, at.child('sideEffects')),
    ...(timeout !== undefined && (timeout > longestTimeout || timeout < 1)
      ? [invalid(at.child('timeoutSeconds'), timeout, 'the timeout value must be between 1 and 30 seconds')]
      : []),
    ...validateLabelSelector(hook.namespaceSelector, at.child('namespaceSelector')),
    ...validateLabelSelector(hook.objectSelector, at.child('objectSelector')),
    ...own,
    ...validateClientConfig(hook.clientConfig ?? {}, at.child('clientConfig')),
    ...validateConditions(hook.matchConditions ?? [], compiler, at.child('matchConditions')),
  ];
}

/** Upstream: staging/src/k8s.io/apimachinery/pkg/util/validation/validation.go `IsFullyQualifiedName` */
function validateHookName(name: string, at: Path): FieldError[] {
  if (name === '') return [required(at)];
  const wrong = dns1123Subdomain(name);
  if (wrong.length > 0) return [invalid(at, name, wrong.join(','))];
  if (name.split('.').length >= 3) return [];
  return [invalid(at, name, 'should be a domain with at least three segments separated by dots')];
}

function validateVersions(versions: readonly string[], at: Path): FieldError[] {
  if (versions.length === 0) return [required(at, `must specify one of ${acceptedVersions.join(', ')}`)];
  const errors = versions.flatMap((version, i) => {
    if (versions.indexOf(version) < i) return [invalid(at.index(i), version, 'duplicate version')];
    return dns1035Label(version).map((message) => invalid(at.index(i), version, message));
  });
  if (versions.some((version) => acceptedVersions.includes(version))) return errors;
  return [...errors, invalid(at, versions, `must include at least one of ${acceptedVersions.join(', ')}`)];
}
