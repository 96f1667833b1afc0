// Upstream: pkg/registry/core/node/strategy.go, pkg/apis/core/validation/validation.go `ValidateNode`
import { defineKind } from '../../define-kind';
import { duplicate, type FieldError, forbidden, internalError, invalid, Path, required } from '../../field-error';
import type { Node, Taint } from '../../generated/core-v1';
import { networkWarnings } from '../../meta/address-warnings';
import { parseCIDR, validateCIDR } from '../../meta/ip-address';
import { validateLabelName } from '../../meta/labels';
import { dns1123Subdomain, labelValueErrors } from '../../meta/names';
import { internalForm } from '../internal-form';
import { roundUp } from '../pod-spec/defaults/resource-lists';
import { validateResourceQuantity } from '../pod-spec/validation/resources';
import { oneOf } from '../pod-spec/validation/supported';
import { taintEffects } from '../pod-spec/validation/tolerations';

export const node = defineKind<Node>({
  group: '',
  version: 'v1',
  kind: 'Node',
  namespaced: false,
  name: dns1123Subdomain,
  setDefaults({ spec, status }) {
    // pkg/apis/core/v1/conversion.go: the single one wins over a list that begins with another.
    if (spec?.podCIDR && spec.podCIDRs?.[0] !== spec.podCIDR) spec.podCIDRs = [spec.podCIDR];
    if (spec?.podCIDRs?.[0]) spec.podCIDR = spec.podCIDRs[0];
    // pkg/apis/core/v1/defaults.go `SetDefaults_NodeStatus`
    if (!status) return;
    roundUp(status.capacity);
    if (status.capacity) status.allocatable ??= { ...status.capacity };
    roundUp(status.allocatable);
  },
  prepareForCreate({ spec }) {
    // pkg/registry/core/node/strategy.go: kubelets are configured in another way by now.
    if (spec) delete spec.configSource;
  },
  prepareForUpdate(object, old) {
    object.status = old.status;
  },
  updates: ['whole', 'meta', 'change'],
  validateContent({ spec, status }) {
    const podCIDRs = Path.of('spec.podCIDRs');
    return [
      ...validateTaints(spec?.taints ?? []),
      ...validateAmounts(status),
      ...(spec?.podCIDRs ?? []).flatMap((cidr, i) => validateCIDR(cidr, podCIDRs.index(i))),
      ...validateFamilies(spec?.podCIDRs ?? [], podCIDRs),
    ];
  },
  // pkg/registry/core/node/strategy.go `nodeWarnings`
  warnings: ({ spec }) => [
    ...(spec?.configSource ? ['spec.configSource: the feature is removed'] : []),
    ...(spec?.externalID ? ['spec.externalID: this field is deprecated, and is unused by Kubernetes'] : []),
    ...(spec?.podCIDRs ?? []).flatMap((cidr, i) => networkWarnings(Path.of('spec.podCIDRs').index(i), cidr)),
  ],
  // `ValidateNodeUpdate`: some of it is judged again
  validateChange({ spec, status }, { spec: old }) {
    const errors = validateAmounts(status);
    const before = old?.podCIDRs ?? [];
    const now = spec?.podCIDRs ?? [];
    const moved = before.length === now.length ? before.filter((one, i) => one !== now[i]) : before.slice(0, 1);
    for (const _ of moved) {
      const text = 'node updates may not change podCIDR except from "" to valid';
      errors.push(forbidden(Path.of('spec.podCIDRs'), text));
    }
    if (old?.providerID && old.providerID !== spec?.providerID) {
      const text = 'node updates may not change providerID except from "" to valid';
      errors.push(forbidden(Path.of('spec.providerID'), text));
    }
    return [...errors, ...validateTaints(spec?.taints ?? [])];
  },
});

/** Upstream `ValidateNodeResources` */
function validateAmounts(status: Node['status'] | undefined): FieldError[] {
  return (['capacity', 'allocatable'] as const).flatMap((list) =>
    Object.entries(status?.[list] ?? {}).flatMap(([name, value]) =>
      validateResourceQuantity(name, value, Path.of('status').child(list, name)),
    ),
  );
}

/** Two ranges must be of two families. */
function validateFamilies(cidrs: readonly string[], path: Path): FieldError[] {
  if (cidrs.length < 2) return [];
  const broken = cidrs.findIndex((cidr) => !parseCIDR(cidr));
  const families = new Set(cidrs.map((cidr) => parseCIDR(cidr)?.ip.family));
  const why = `invalid CIDR[${broken}]: <nil> (invalid CIDR address: ${cidrs[broken] ?? ''})`;
  const text = 'may specify no more than one CIDR for each IP family';
  return [
    ...(broken < 0 ? [] : [internalError(path, `invalid PodCIDRs. failed to check with dual stack with error:${why}`)]),
    ...(broken >= 0 || families.size < 2 || cidrs.length > 2 ? [invalid(path, cidrs, text)] : []),
  ];
}

/** Upstream's path of a taint is that of metadata, where taints began as an annotation. */
function validateTaints(taints: readonly Taint[]): FieldError[] {
  const path = Path.of('metadata.taints');
  const seen = new Set<string>();
  return taints.flatMap((taint, i) => {
    const at = path.index(i);
    const { key, value = '', effect } = taint;
    const wrong = labelValueErrors(value);
    const errors = [
      ...validateLabelName(key ?? '', at.child('key')),
      ...(wrong.length > 0 ? [invalid(at.child('value'), value, wrong.join(';'))] : []),
      ...(effect ? oneOf(effect, taintEffects, at.child('effect')) : [required(at.child('effect'))]),
    ];
    const pair = `${effect}/${key}`;
    if (seen.has(pair)) {
      errors.push(duplicate(at, internalForm('Taint', taint), 'taints must be unique by key and effect pair'));
    }
    seen.add(pair);
    return errors;
  });
}
