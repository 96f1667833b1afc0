// Upstream: pkg/apis/apps/validation/validation.go `ValidateStatefulSetSpec`
import { type FieldError, forbidden, invalid, Path, required } from '../../field-error';
import type { StatefulSet, StatefulSetSpec } from '../../generated/apps-v1';
import type { PodTemplateSpec } from '../../generated/core-v1';
import { validateAtMostAll, validateIntOrPercent } from '../../int-or-percent';
import type { KindContext } from '../../kind';
import { isReadable, printedSelector } from '../../meta/label-selector';
import { complaints } from '../../meta/labels';
import { dns1123Label } from '../../meta/names';
import { validateNonNegative } from '../../meta/object-meta';
import { deepEqual } from '../../object';
import { internalForm } from '../../core/internal-form';
import { validateClaimSpec } from '../../core/persistent-volume-claim/validation';
import { oneOf } from '../../core/pod-spec/validation/supported';
import { validateLasting, validateSelector, validateTemplateLabels } from '../../core/pod-template/selector';
import { validatePodTemplateSpec, validateTemplateMeta } from '../../core/pod-template/validation';

const spec = Path.of('spec');

/** What was stored before is not held against a changed object. */
interface Tolerated {
  readonly claimTemplates?: boolean;
  readonly template?: boolean;
}

export function validateStatefulSetSpec(
  object: StatefulSet,
  context: KindContext,
  tolerated: Tolerated = {},
): FieldError[] {
  const { selector, template, replicas, minReadySeconds, ordinals, volumeClaimTemplates } = object.spec;
  const at = spec.child('selector');
  const path = spec.child('template');
  return [
    ...validateManagementPolicy(object.spec.podManagementPolicy, spec.child('podManagementPolicy')),
    ...validateStrategy(object.spec, spec.child('updateStrategy')),
    ...validateRetention(object.spec, spec.child('persistentVolumeClaimRetentionPolicy')),
    ...(tolerated.claimTemplates ? [] : (volumeClaimTemplates ?? [])).flatMap((claim, i) =>
      validateClaimSpec(claim.spec ?? {}, spec.child('volumeClaimTemplates').index(i).child('spec')),
    ),
    ...validateNonNegative(replicas, spec.child('replicas')),
    ...validateNonNegative(minReadySeconds, spec.child('minReadySeconds')),
    ...validateNonNegative(ordinals?.start, spec.child('ordinals.start')),
    ...validateSelector(selector, at, 'statefulset'),
    ...(isReadable(selector, at)
      ? [
          ...validateTemplateLabels(selector, template, path),
          ...(tolerated.template ? [] : validatePodTemplateSpec(withClaims(object.spec), path, context)),
          // Upstream judges these with the whole template, and here again.
          ...validateTemplateMeta(template, path),
        ]
      : [invalid(at, printedSelector(selector), '')]),
    ...validateLasting(template, path, 'StatefulSet'),
  ];
}

function validateManagementPolicy(policy: string | undefined, path: Path): FieldError[] {
  if (!policy) return [required(path)];
  if (policy === 'OrderedReady' || policy === 'Parallel') return [];
  return [invalid(path, policy, "must be 'OrderedReady' or 'Parallel'")];
}

function validateStrategy({ updateStrategy = {} }: StatefulSetSpec, path: Path): FieldError[] {
  const { type, rollingUpdate } = updateStrategy;
  const at = path.child('rollingUpdate');
  if (!type) return [required(path)];
  if (type === 'OnDelete') {
    if (!rollingUpdate) return [];
    const value = internalForm('RollingUpdateStatefulSetStrategy', rollingUpdate);
    return [invalid(at, value, "only allowed for updateStrategy 'RollingUpdate'")];
  }
  if (type !== 'RollingUpdate') {
    const value = internalForm('StatefulSetUpdateStrategy', updateStrategy);
    return [invalid(path, value, "must be 'RollingUpdate' or 'OnDelete'")];
  }
  const { partition, maxUnavailable } = rollingUpdate ?? {};
  const errors = validateNonNegative(partition, at.child('partition'));
  if (maxUnavailable === undefined) return errors;
  const unavailable = at.child('maxUnavailable');
  errors.push(...validateIntOrPercent(maxUnavailable, unavailable));
  if (maxUnavailable === 0) errors.push(invalid(unavailable, maxUnavailable, 'cannot be 0'));
  return [...errors, ...validateAtMostAll(maxUnavailable, unavailable)];
}

function validateRetention(
  { persistentVolumeClaimRetentionPolicy: policy }: StatefulSetSpec,
  path: Path,
): FieldError[] {
  if (!policy) return [];
  return [
    ...oneOf(policy.whenDeleted, ['Retain', 'Delete'], path.child('whenDeleted')),
    ...oneOf(policy.whenScaled, ['Retain', 'Delete'], path.child('whenScaled')),
  ];
}

/** Only of a new one: older servers took any name. */
export function validateServiceName({ spec: { serviceName } }: StatefulSet): FieldError[] {
  return serviceName ? complaints(dns1123Label, spec.child('serviceName'), serviceName) : [];
}

const changeable = [
  'replicas',
  'ordinals',
  'template',
  'updateStrategy',
  'revisionHistoryLimit',
  'persistentVolumeClaimRetentionPolicy',
  'minReadySeconds',
] as const;

/** Most of a StatefulSet stays as it was made. */
export function validateStatefulSetChange(object: StatefulSet, old: StatefulSet): FieldError[] {
  const rest: StatefulSetSpec = { ...object.spec };
  const before: StatefulSetSpec = { ...old.spec };
  for (const field of changeable) {
    Reflect.deleteProperty(rest, field);
    Reflect.deleteProperty(before, field);
  }
  if (deepEqual(rest, before)) return [];
  const names = changeable.map((field) => `'${field}'`);
  const listed = `${names.slice(0, -1).join(', ')} and ${names.at(-1) ?? ''}`;
  return [forbidden(spec, `updates to statefulset spec for fields other than ${listed} are forbidden`)];
}

/**
 * The template as its Pods will have it: every claim template is a volume, before the template's own of other names.
 * Upstream goes by a map here, in any order; this keeps the order they are written in.
 */
function withClaims({ template, volumeClaimTemplates = [] }: StatefulSetSpec): PodTemplateSpec {
  const names = new Set(volumeClaimTemplates.map(({ metadata }) => metadata?.name ?? ''));
  const claims = [...names].map((name) => ({ name, persistentVolumeClaim: { claimName: name } }));
  const own = (template.spec?.volumes ?? []).filter(({ name }) => !names.has(name));
  const { hostname: _, subdomain: __, ...spec } = template.spec ?? { containers: [] };
  return { ...template, spec: { ...spec, volumes: [...claims, ...own] } };
}
