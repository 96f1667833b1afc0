import { describe, expect, it } from 'vitest';
import { create, verdict } from './verdict';

// pkg/apis/resource/validation/validation.go
describe('claims of devices', () => {
  const claim = (devices: string) =>
    `{apiVersion: resource.k8s.io/v1, kind: ResourceClaim, metadata: {name: a}, spec: {devices: ${devices}}}`;

  it('asks for one device where nothing is said', () => {
    expect(create([claim('{requests: [{name: r, exactly: {deviceClassName: gpu}}]}')]).body.spec).toEqual({
      devices: {
        requests: [{ name: 'r', exactly: { deviceClassName: 'gpu', allocationMode: 'ExactCount', count: 1 } }],
      },
    });
  });

  it.each([
    [
      '{requests: [{name: r}]}',
      ['spec.devices.requests[0]: Required value: exactly one of `exactly` or `firstAvailable` is required'],
    ],
    [
      '{requests: [{name: r, exactly: {deviceClassName: gpu, allocationMode: All, count: 1}}]}',
      ["spec.devices.requests[0].exactly.count: Invalid value: 1: must not be specified when allocationMode is 'All'"],
    ],
    [
      '{requests: [{name: r, exactly: {deviceClassName: gpu}}], constraints: [{requests: [x], matchAttribute: model}]}',
      [
        'spec.devices.constraints[0].requests[0]: Invalid value: "x": must be the name of a request in the claim or the name of a request and a subrequest separated by \'/\'',
        'spec.devices.constraints[0].matchAttribute: Invalid value: "model": a fully qualified name must be a domain and a name separated by a slash',
      ],
    ],
    [
      '{requests: [{name: r, exactly: {deviceClassName: gpu, selectors: [{cel: {expression: "1"}}]}}]}',
      [
        'spec.devices.requests[0].exactly.selectors[0].cel.expression: Invalid value: "1": must evaluate to bool or the unknown type, not int',
      ],
    ],
  ])('%s', (devices, errors) => {
    expect(verdict(claim(devices))).toEqual(errors);
  });
});
