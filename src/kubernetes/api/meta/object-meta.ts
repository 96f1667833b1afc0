// Upstream: staging/src/k8s.io/apimachinery/pkg/api/validation/objectmeta.go, pkg/apis/core/validation/validation.go
import { type FieldError, forbidden, invalid, Path, required } from '../field-error';
import type { ObjectMeta, OwnerReference } from '../generated/meta-v1';
import { deepEqual } from '../object';
import { complaints, validateAnnotations, validateLabels } from './labels';
import { dns1123Label, nameOfPrefix, type NameRule, qualifiedNameErrors } from './names';

export const immutableText = 'field is immutable';
export const negativeText = 'must be greater than or equal to 0';

export interface MetaRules {
  readonly namespaced: boolean;
  readonly name: NameRule;
}

interface MetaOptions {
  readonly standardFinalizers?: boolean;
  /** Off where upstream judges the name only that was made of it: `ValidateObjectMetaWithOpts`. */
  readonly generateName?: boolean;
}

/** The rules every kind has in common; `standardFinalizers` off leaves out the one only core's validation has. */
export function validateObjectMeta(
  meta: ObjectMeta,
  { namespaced, name }: MetaRules,
  options: MetaOptions = {},
): FieldError[] {
  const path = Path.of('metadata');
  const errors: FieldError[] = [];
  if (meta.generateName && options.generateName !== false) {
    for (const message of name(nameOfPrefix(meta.generateName))) {
      errors.push(invalid(path.child('generateName'), meta.generateName, message));
    }
  }
  if (!meta.name) errors.push(required(path.child('name'), 'name or generateName is required'));
  else errors.push(...complaints(name, path.child('name'), meta.name));
  errors.push(...validateNamespaceField(meta, namespaced, path.child('namespace')));
  if ((meta.generation ?? 0) < 0) errors.push(invalid(path.child('generation'), meta.generation, negativeText));
  errors.push(...validateAllContents(meta, options));
  return errors;
}

/** What is judged alike in a new object and in a changed one. */
function validateContents(meta: ObjectMeta): FieldError[] {
  const path = Path.of('metadata');
  return [
    ...validateLabels(meta.labels, path.child('labels')),
    ...validateAnnotations(meta.annotations, path.child('annotations')),
    ...validateOwnerReferences(meta.ownerReferences ?? [], path.child('ownerReferences')),
  ];
}

function validateAllContents(meta: ObjectMeta, options: MetaOptions): FieldError[] {
  return [
    ...validateContents(meta),
    ...validateFinalizers(meta.finalizers ?? [], Path.of('metadata.finalizers')),
    ...(options.standardFinalizers === false ? [] : standardFinalizers(meta.finalizers ?? [])),
  ];
}

function validateNamespaceField(meta: ObjectMeta, namespaced: boolean, path: Path): FieldError[] {
  if (!namespaced) return meta.namespace ? [forbidden(path, 'not allowed on this type')] : [];
  return meta.namespace ? complaints(dns1123Label, path, meta.namespace) : [required(path)];
}

function validateOwnerReferences(owners: readonly OwnerReference[], path: Path): FieldError[] {
  const errors: FieldError[] = [];
  let controller = '';
  for (const owner of owners) {
    const { group, version } = groupVersionOf(owner.apiVersion);
    if (!version) errors.push(invalid(path.child('apiVersion'), owner.apiVersion, 'version must not be empty'));
    if (!owner.kind) errors.push(invalid(path.child('kind'), owner.kind, 'must not be empty'));
    if (!owner.name) errors.push(invalid(path.child('name'), owner.name, 'must not be empty'));
    if (!owner.uid) errors.push(invalid(path.child('uid'), owner.uid, 'must not be empty'));
    if (group === '' && version === 'v1' && owner.kind === 'Event') {
      errors.push(
        invalid(
          path,
          printedOwner(owner),
          `/${owner.apiVersion}, Kind=${owner.kind} is disallowed from being an owner`,
        ),
      );
    }
    if (owner.controller !== true) continue;
    const named = `${owner.kind}/${owner.name}`;
    if (controller !== '') {
      const text = `Only one reference can have Controller set to true. Found "true" in references for ${controller} and ${named}`;
      errors.push(invalid(path, owners.map(printedOwner), text));
    } else {
      controller = named;
    }
  }
  return errors;
}

/** In the order of the fields of its type. */
function printedOwner({ apiVersion, kind, name, uid, controller, blockOwnerDeletion }: OwnerReference): object {
  return { apiVersion, kind, name, uid, controller, blockOwnerDeletion };
}

/** `apps/v1`, `v1`; neither where there is more than one slash. Upstream: runtime/schema `FromAPIVersionAndKind` */
function groupVersionOf(apiVersion: string): { readonly group: string; readonly version: string } {
  const parts = apiVersion.split('/');
  if (parts.length > 2) return { group: '', version: '' };
  const [first = '', second] = parts;
  return second === undefined ? { group: '', version: first } : { group: first, version: second };
}

function validateFinalizers(finalizers: readonly string[], path: Path): FieldError[] {
  const errors = finalizers.flatMap((one) => complaints(qualifiedNameErrors, path, one));
  if (finalizers.includes('orphan') && finalizers.includes('foregroundDeletion')) {
    errors.push(invalid(path, finalizers, 'finalizer orphan and foregroundDeletion cannot be both set'));
  }
  return errors;
}

const standard = new Set(['kubernetes', 'orphan', 'foregroundDeletion']);

/** Upstream: pkg/apis/core/validation/validation.go `validateKubeFinalizerName` */
function standardFinalizers(finalizers: readonly string[]): FieldError[] {
  return finalizers.flatMap((one, i) => standardFinalizer(one, Path.of('metadata.finalizers').index(i)));
}

export function standardFinalizer(name: string, path: Path): FieldError[] {
  return name.includes('/') || standard.has(name)
    ? []
    : [invalid(path, name, 'name is neither a standard finalizer name nor is it fully qualified')];
}

/**
 * What the registry itself looks at in every update, before the kind's own rules. Upstream:
 * staging/src/k8s.io/apiserver/pkg/registry/rest/update.go `validateCommonFields`
 */
export function validateCommonFields(meta: ObjectMeta, old: ObjectMeta): FieldError[] {
  const common = { standardFinalizers: false };
  return [...validateAllContents(meta, common), ...validateMetaChange(meta, old, common)];
}

/**
 * Upstream `ValidateObjectMetaUpdate`, after what the registry itself looks at in every update: a complaint about
 * labels is a cause each time it is found, though the message has it once.
 */
export function validateObjectMetaUpdate(meta: ObjectMeta, old: ObjectMeta, options: MetaOptions = {}): FieldError[] {
  return [...validateCommonFields(meta, old), ...validateMetaChange(meta, old, options)];
}

/** Upstream: pkg/apis/core/validation/validation.go `ValidateObjectMetaUpdate` */
export function validateMetaChange(meta: ObjectMeta, old: ObjectMeta, options: MetaOptions): FieldError[] {
  const path = Path.of('metadata');
  const errors: FieldError[] = [];
  if (old.deletionTimestamp) {
    const known = new Set(old.finalizers);
    const extra = (meta.finalizers ?? []).filter((one) => !known.has(one)).sort();
    if (extra.length > 0) {
      const text = `no new finalizers can be added if the object is being deleted, found new finalizers []string{${extra.map((one) => JSON.stringify(one)).join(', ')}}`;
      errors.push(forbidden(path.child('finalizers'), text));
    }
  }
  if (!meta.resourceVersion) {
    errors.push(invalid(path.child('resourceVersion'), meta.resourceVersion, 'must be specified for an update'));
  }
  if ((meta.generation ?? 0) < (old.generation ?? 0)) {
    errors.push(invalid(path.child('generation'), meta.generation, 'must not be decremented'));
  }
  for (const field of [
    'name',
    'namespace',
    'uid',
    'creationTimestamp',
    'deletionTimestamp',
    'deletionGracePeriodSeconds',
  ] as const) {
    errors.push(...validateImmutable(meta[field], old[field], path.child(field)));
  }
  errors.push(...validateContents(meta));
  return options.standardFinalizers === false ? errors : [...errors, ...standardFinalizers(meta.finalizers ?? [])];
}

/** `field is immutable`, with the new value. */
export function validateImmutable(value: unknown, old: unknown, path: Path): FieldError[] {
  return deepEqual(value, old) ? [] : [invalid(path, value, immutableText)];
}

/** Upstream `ValidateNonnegativeField`. */
export function validateNonNegative(value: number | undefined, path: Path): FieldError[] {
  return (value ?? 0) < 0 ? [invalid(path, value, negativeText)] : [];
}
