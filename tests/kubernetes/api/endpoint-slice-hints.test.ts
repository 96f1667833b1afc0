import { expect, it } from 'vitest';
import { verdict } from './verdict';

// pkg/apis/discovery/validation/validation.go `validateHints`
it('hints of an EndpointSlice', () => {
  const hints = '{forZones: [{name: ""}, {name: a/b}], forNodes: [{name: x}, {name: x}]}';
  const text = `{apiVersion: discovery.k8s.io/v1, kind: EndpointSlice, metadata: {name: a}, addressType: IPv4, endpoints: [{addresses: [10.0.0.1], hints: ${hints}}], ports: []}`;
  expect(verdict(text)).toEqual([
    "endpoints[0].hints.forZones[1].name: Invalid value: \"a/b\": a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')",
    'endpoints[0].hints.forNodes[1].name: Duplicate value: "x"',
  ]);
});
