import { describe, expect, it } from 'vitest';
import { verdict } from './verdict';

const networking = 'apiVersion: networking.k8s.io/v1\nkind:';

// pkg/apis/networking/validation/validation.go
describe('networking', () => {
  it.each([
    [
      'IngressClass',
      'a',
      'controller: example, parameters: {kind: K, name: x, scope: Namespace}',
      [
        'spec.controller: Invalid value: "example": must be a domain-prefixed path (such as "acme.io/foo")',
        "spec.parameters.namespace: Required value: `parameters.scope` is set to 'Namespace'",
      ],
    ],
    [
      'IPAddress',
      '2001:DB8::1',
      'parentRef: {resource: services, name: s}',
      ['metadata.name: Invalid value: "2001:DB8::1": must be in canonical form ("2001:db8::1")'],
    ],
    ['IPAddress', '10.0.0.1', '', ['spec.parentRef: Required value']],
    [
      'ServiceCIDR',
      'a',
      'cidrs: [10.0.0.0/24, 10.0.1.0/24]',
      [
        'spec.cidrs: Invalid value: ["10.0.0.0/24","10.0.1.0/24"]: may specify no more than one IP for each IP family, i.e 192.168.0.0/24 and 2001:db8::/64',
      ],
    ],
  ])('%s %s {%s}', (kind, name, spec, errors) => {
    expect(verdict(`${networking} ${kind}\nmetadata: {name: "${name}"}\nspec: {${spec}}`)).toEqual(errors);
  });
});

// pkg/apis/apps/validation/validation.go `ValidateControllerRevisionCreate`
it('asks a ControllerRevision for an object', () => {
  const revision = (data: string) =>
    verdict(`apiVersion: apps/v1\nkind: ControllerRevision\nmetadata: {name: a}\nrevision: 1\n${data}`);
  expect(revision('')).toEqual(['data: Required value: data is mandatory']);
  expect(revision('data: [1]')).toEqual(['data: Required value: data must be a valid JSON object']);
});
