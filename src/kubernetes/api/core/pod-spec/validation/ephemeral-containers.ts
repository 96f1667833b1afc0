// Upstream: pkg/apis/core/validation/validation.go `validateEphemeralContainers`
import { duplicate, type FieldError, forbidden, notFound, type Path } from '../../../field-error';
import type { EphemeralContainer } from '../../../generated/core-v1';
import { type Surroundings, validateContainer } from './containers';
import { validateImageWhitespace } from './image';

/** In the order of Go's struct. */
const forbiddenFields = [
  'ports',
  'resources',
  'resizePolicy',
  'restartPolicy',
  'restartPolicyRules',
  'livenessProbe',
  'readinessProbe',
  'startupProbe',
  'lifecycle',
] as const;
const text = 'cannot be set for an Ephemeral Container';

export function validateEphemeralContainers(around: Surroundings, path: Path): FieldError[] {
  const { spec } = around;
  const others = new Set([...(spec.containers ?? []), ...(spec.initContainers ?? [])].map(({ name }) => name));
  const names = new Set(others);
  return (spec.ephemeralContainers ?? []).flatMap((container, i) => {
    const at = path.index(i);
    const errors = [...validateContainer(container, around, at), ...validateImageWhitespace(container, at)];
    if (names.has(container.name)) errors.push(duplicate(at.child('name'), container.name));
    names.add(container.name);
    const target = container.targetContainerName;
    if (target && !others.has(target)) errors.push(notFound(at.child('targetContainerName'), target));
    return [...errors, ...validateForbiddenFields(container, at)];
  });
}

function validateForbiddenFields(container: EphemeralContainer, path: Path): FieldError[] {
  const errors = forbiddenFields
    .filter((field) => (field === 'resources' ? Object.keys(container.resources ?? {}).length > 0 : container[field]))
    .map((field) => forbidden(path.child(field), text));
  for (const [i, { subPath, subPathExpr }] of (container.volumeMounts ?? []).entries()) {
    const at = path.child('volumeMounts').index(i);
    if (subPath) errors.push(forbidden(at.child('subPath'), text));
    if (subPathExpr) errors.push(forbidden(at.child('subPathExpr'), text));
  }
  return errors;
}
