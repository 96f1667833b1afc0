// Upstream: pkg/apis/core/validation/validation.go `ValidateEnv`, `ValidateEnvFrom`
import { type FieldError, invalid, type Path, required } from '../../../field-error';
import type { EnvFromSource, EnvVar, FileKeySelector } from '../../../generated/core-v1';
import { complaints } from '../../../meta/labels';
import { configMapKey, dns1123Label, dns1123Subdomain, envVarName, nameOfPrefix } from '../../../meta/names';
import { envFieldPaths, validateFieldReference, validateResourceReference } from './field-references';
import { nonReservedPath } from './paths';

export function validateEnv(variables: readonly EnvVar[] | undefined, path: Path): FieldError[] {
  return (variables ?? []).flatMap((variable, i) => {
    const at = path.index(i);
    const name = variable.name ? complaints(envVarName, at.child('name'), variable.name) : [required(at.child('name'))];
    return [...name, ...validateValueFrom(variable, at.child('valueFrom'))];
  });
}

const onlySources =
  'must specify one of: `fieldRef`, `resourceFieldRef`, `configMapKeyRef`, `secretKeyRef` or `fileKeyRef`';

function validateValueFrom({ value, valueFrom }: EnvVar, path: Path): FieldError[] {
  if (!valueFrom) return [];
  const { fieldRef, resourceFieldRef, configMapKeyRef, secretKeyRef, fileKeyRef } = valueFrom;
  const errors: FieldError[] = [];
  if (fieldRef) errors.push(...validateFieldReference(fieldRef, envFieldPaths, path.child('fieldRef')));
  if (resourceFieldRef) {
    errors.push(...validateResourceReference(resourceFieldRef, path.child('resourceFieldRef'), false));
  }
  if (configMapKeyRef) errors.push(...validateKeyReference(configMapKeyRef, path.child('configMapKeyRef')));
  if (secretKeyRef) errors.push(...validateKeyReference(secretKeyRef, path.child('secretKeyRef')));
  if (fileKeyRef) errors.push(...validateFileKeyReference(fileKeyRef, path.child('fileKeyRef')));
  const given = [fieldRef, resourceFieldRef, configMapKeyRef, secretKeyRef, fileKeyRef].filter(Boolean).length;
  if (given === 0) errors.push(invalid(path, '', onlySources));
  else if (value) errors.push(invalid(path, '', 'may not be specified when `value` is not empty'));
  else if (given > 1) errors.push(invalid(path, '', 'may not have more than one field specified at a time'));
  return errors;
}

function validateKeyReference({ name, key }: { name?: string; key: string }, path: Path): FieldError[] {
  return [
    ...complaints(dns1123Subdomain, path.child('name'), name ?? ''),
    ...(key ? complaints(configMapKey, path.child('key'), key) : [required(path.child('key'))]),
  ];
}

function validateFileKeyReference({ volumeName, path: file, key }: FileKeySelector, path: Path): FieldError[] {
  return [
    ...(key ? complaints(envVarName, path.child('key'), key) : [required(path.child('key'))]),
    ...(volumeName
      ? complaints(dns1123Label, path.child('volumeName'), volumeName)
      : [required(path.child('volumeName'))]),
    ...(file ? nonReservedPath(file, path.child('path')) : [required(path.child('path'))]),
  ];
}

export function validateEnvFrom(sources: readonly EnvFromSource[] | undefined, path: Path): FieldError[] {
  return (sources ?? []).flatMap(({ prefix, configMapRef, secretRef }, i) => {
    const at = path.index(i);
    const errors = prefix ? complaints(envVarName, at.child('prefix'), prefix) : [];
    if (configMapRef) errors.push(...validateReferredName(configMapRef.name, at.child('configMapRef', 'name')));
    if (secretRef) errors.push(...validateReferredName(secretRef.name, at.child('secretRef', 'name')));
    if (!configMapRef && !secretRef) {
      errors.push(invalid(path, '', 'must specify one of: `configMapRef` or `secretRef`'));
    } else if (configMapRef && secretRef) {
      errors.push(invalid(path, '', 'may not have more than one field specified at a time'));
    }
    return errors;
  });
}

function validateReferredName(name: string | undefined, path: Path): FieldError[] {
  if (!name) return [required(path)];
  return dns1123Subdomain(nameOfPrefix(name)).map((message) => invalid(path, name, message));
}
