// Upstream: pkg/apis/resource/validation/validation.go `validateDeviceClaim`, pkg/apis/resource/v1/defaults.go
import { oneOf } from '../../core/pod-spec/validation/supported';
import { type FieldError, invalid, type Path, required } from '../../field-error';
import type {
  DeviceClaim,
  DeviceConstraint,
  DeviceRequest,
  DeviceSubRequest,
  ExactDeviceRequest,
  ResourceClaimSpec,
} from '../../generated/resource-v1';
import { complaints } from '../../meta/labels';
import { dns1123Label, dns1123Subdomain } from '../../meta/names';
import {
  validateDeviceToleration,
  validateFullyQualifiedName,
  validateOpaque,
  validateSelectors,
  validateSet,
  validateSlice,
} from '../shared';

const mostRequests = 32;
const mostAlternatives = 8;
const modes = ['All', 'ExactCount'];

export function defaultClaimSpec({ devices }: ResourceClaimSpec): void {
  for (const { exactly, firstAvailable } of devices?.requests ?? []) {
    for (const request of [...(exactly ? [exactly] : []), ...(firstAvailable ?? [])]) {
      request.allocationMode ||= 'ExactCount';
      if (request.allocationMode === 'ExactCount') request.count ||= 1;
      for (const toleration of request.tolerations ?? []) toleration.operator ||= 'Equal';
    }
  }
}

export function validateClaimSpec({ devices = {} }: ResourceClaimSpec, path: Path): FieldError[] {
  const at = path.child('devices');
  const { requests, constraints, config } = devices;
  const judge = (name: string, where: Path) => validateReference(name, devices, where);
  const references = (names: readonly string[] | undefined, where: Path) =>
    validateSet(names, mostRequests, judge, (name) => name, where.child('requests'));
  return [
    ...validateSet(requests, mostRequests, validateRequest, ({ name }) => name ?? '', at.child('requests')),
    ...validateSlice(
      constraints,
      mostRequests,
      (one, where) => [...references(one.requests, where), ...validateConstraint(one, where)],
      at.child('constraints'),
    ),
    ...validateSlice(
      config,
      mostRequests,
      (one, where) => [...references(one.requests, where), ...validateOpaque(one.opaque, where.child('opaque'))],
      at.child('config'),
    ),
  ];
}

function validateRequest({ name = '', exactly, firstAvailable = [] }: DeviceRequest, path: Path): FieldError[] {
  const errors = complaints(dns1123Label, path.child('name'), name);
  const text = 'exactly one of `exactly` or `firstAvailable` is required';
  if (exactly && firstAvailable.length > 0) {
    return [...errors, invalid(path, null, `${text}, but multiple fields are set`)];
  }
  if (exactly) return [...errors, ...validateDevices(exactly, path.child('exactly'))];
  if (firstAvailable.length === 0) return [...errors, required(path, text)];
  const judge = (one: DeviceSubRequest, at: Path) => [
    ...complaints(dns1123Label, at.child('name'), one.name ?? ''),
    ...validateDevices(one, at),
  ];
  const keyOf = (one: DeviceSubRequest) => one.name ?? '';
  return [...errors, ...validateSet(firstAvailable, mostAlternatives, judge, keyOf, path.child('firstAvailable'))];
}

function validateDevices(request: ExactDeviceRequest | DeviceSubRequest, path: Path): FieldError[] {
  const { deviceClassName, selectors, allocationMode, count = 0, tolerations = [] } = request;
  const at = path.child('deviceClassName');
  const counted = path.child('count');
  const errors = [
    ...(deviceClassName ? complaints(dns1123Subdomain, at, deviceClassName) : [required(at)]),
    ...validateSelectors(selectors, path.child('selectors')),
  ];
  if (allocationMode === 'All') {
    if (count !== 0) errors.push(invalid(counted, count, "must not be specified when allocationMode is 'All'"));
  } else if (allocationMode === 'ExactCount') {
    if (count <= 0) errors.push(invalid(counted, count, 'must be greater than zero'));
  } else errors.push(...oneOf(allocationMode, modes, path.child('allocationMode')));
  tolerations.forEach((one, i) => errors.push(...validateDeviceToleration(one, path.child('tolerations').index(i))));
  return errors;
}

/** A request of the claim, or one of its alternatives. */
function validateReference(name: string, { requests = [] }: DeviceClaim, path: Path): FieldError[] {
  const text = "must be the name of a request in the claim or the name of a request and a subrequest separated by '/'";
  const [first, second, ...more] = name.split('/');
  if (more.length > 0) return [invalid(path, name, text)];
  const parts = [first ?? '', ...(second === undefined ? [] : [second])];
  const errors = parts.flatMap((part) => complaints(dns1123Label, path, part));
  const request = requests.find((one) => (one.name ?? '') === first);
  const known = request && (second === undefined || request.firstAvailable?.some((one) => one.name === second));
  return known ? errors : [...errors, invalid(path, name, text)];
}

function validateConstraint({ matchAttribute, distinctAttribute }: DeviceConstraint, path: Path): FieldError[] {
  if (matchAttribute !== undefined) return validateFullyQualifiedName(matchAttribute, path.child('matchAttribute'));
  if (distinctAttribute !== undefined) {
    return validateFullyQualifiedName(distinctAttribute, path.child('distinctAttribute'));
  }
  // Upstream's own words, though none is set.
  const text = 'exactly one of "matchAttribute" or "distinctAttribute" is required, but multiple fields are set';
  return [required(path, text)];
}
