// Upstream: pkg/apis/storage/validation/validation.go `ValidateCSINode`
import { validateCsiDriverName } from '../../core/pod-spec/validation/volumes/storage';
import { defineKind } from '../../define-kind';
import { duplicate, type FieldError, invalid, Path, required } from '../../field-error';
import type { CSINode, CSINodeDriver } from '../../generated/storage-v1';
import { validateLabelName } from '../../meta/labels';
import { byteLength, dns1123Subdomain } from '../../meta/names';
import { validateImmutable, validateNonNegative } from '../../meta/object-meta';

const drivers = Path.of('spec.drivers');
const longestNodeID = 256;

export const csiNode = defineKind<CSINode>({
  group: 'storage.k8s.io',
  version: 'v1',
  kind: 'CSINode',
  namespaced: false,
  updates: ['whole', 'change'],
  name: dns1123Subdomain,
  validateContent: ({ spec }) =>
    (spec.drivers ?? []).flatMap((driver, i, all) => {
      const twice = all.findIndex(({ name }) => name === driver.name) < i;
      return validateDriver(driver, twice, drivers.index(i));
    }),
  validateChange: ({ spec }, old) =>
    old.spec.drivers.flatMap((before) =>
      spec.drivers
        .filter(({ name }) => name === before.name)
        .flatMap(({ allocatable: _, ...after }) => validateImmutable(after, without(before), drivers)),
    ),
});

function without({ allocatable: _, ...driver }: CSINodeDriver): object {
  return driver;
}

function validateDriver(driver: CSINodeDriver, twice: boolean, at: Path): FieldError[] {
  const { name = '', nodeID = '', allocatable, topologyKeys = [] } = driver;
  const errors = validateCsiDriverName(name, at.child('name'));
  if (nodeID === '') errors.push(required(at.child('nodeID')));
  if (byteLength(nodeID) > longestNodeID) {
    errors.push(invalid(at.child('nodeID'), nodeID, `must be ${longestNodeID} characters or less`));
  }
  errors.push(...validateNonNegative(allocatable?.count, at.child('allocatable', 'count')));
  if (twice) errors.push(duplicate(at.child('name'), name));
  topologyKeys.forEach((key, i) => {
    if (key === '') errors.push(required(at));
    if (topologyKeys.indexOf(key) < i) errors.push(duplicate(at, key));
    errors.push(...validateLabelName(key, at));
  });
  return errors;
}
