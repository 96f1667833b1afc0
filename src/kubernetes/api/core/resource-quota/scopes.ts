// Upstream: pkg/apis/core/helper/helpers.go, pkg/apis/core/validation/validation.go `validateScopeSelector`
import { type FieldError, invalid, type Path, required } from '../../field-error';
import type { ResourceQuotaSpec } from '../../generated/core-v1';
import { internalForm } from '../internal-form';
import { isStandardForQuota } from '../pod-spec/resource-names';

const podCompute = new Set(['pods', 'cpu', 'memory', 'limits.cpu', 'limits.memory', 'requests.cpu', 'requests.memory']);

export const scopes: ReadonlySet<string> = new Set([
  'Terminating',
  'NotTerminating',
  'BestEffort',
  'NotBestEffort',
  'PriorityClass',
  'CrossNamespacePodAffinity',
  'VolumeAttributesClass',
]);

const needExists = new Set([
  'Terminating',
  'NotTerminating',
  'BestEffort',
  'NotBestEffort',
  'CrossNamespacePodAffinity',
]);

/** Whether a scope says anything about a resource. */
export function isScopeFor(scope: string, resource: string): boolean {
  switch (scope) {
    case 'BestEffort':
      return resource === 'pods';
    case 'VolumeAttributesClass':
      return resource === 'persistentvolumeclaims' || resource === 'requests.storage';
    case 'Terminating':
    case 'NotTerminating':
    case 'NotBestEffort':
    case 'PriorityClass':
    case 'CrossNamespacePodAffinity':
      return podCompute.has(resource);
    default:
      return true;
  }
}

export function validateScopeSelector({ scopeSelector, hard }: ResourceQuotaSpec, path: Path): FieldError[] {
  const resources = Object.keys(hard ?? {}).sort();
  return (scopeSelector?.matchExpressions ?? []).flatMap(({ scopeName, operator, values = [] }) => {
    const errors: FieldError[] = [];
    if (!scopes.has(scopeName)) errors.push(invalid(path.child('scopeName'), scopeName, 'unsupported scope'));
    for (const resource of resources) {
      if (isStandardForQuota(resource) && !isScopeFor(scopeName, resource)) {
        errors.push(
          invalid(path, internalForm('ScopeSelector', scopeSelector ?? {}), 'unsupported scope applied to resource'),
        );
      }
    }
    if (needExists.has(scopeName) && operator !== 'Exists') {
      const text =
        "must be 'Exists' when scope is any of ResourceQuotaScopeTerminating, ResourceQuotaScopeNotTerminating, ResourceQuotaScopeBestEffort, ResourceQuotaScopeNotBestEffort or ResourceQuotaScopeCrossNamespacePodAffinity";
      errors.push(invalid(path.child('operator'), operator, text));
    }
    const at = path.child('values');
    if (operator === 'In' || operator === 'NotIn') {
      if (values.length === 0) {
        errors.push(required(at, "must be at least one value when `operator` is 'In' or 'NotIn' for scope selector"));
      }
    } else if (operator === 'Exists' || operator === 'DoesNotExist') {
      if (values.length > 0) {
        errors.push(
          invalid(at, values, "must be no value when `operator` is 'Exist' or 'DoesNotExist' for scope selector"),
        );
      }
    } else errors.push(invalid(path.child('operator'), operator, 'not a valid selector operator'));
    return errors;
  });
}
