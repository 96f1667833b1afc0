import { describe, expect, it } from 'vitest';
import { webPod } from '../../apiserver/server';
import { verdict } from '../verdict';

const subdomain =
  "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')";
const labelValue =
  "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')";
const namePart =
  "name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')";
const service = (name: string) => `
apiVersion: v1
kind: Service
metadata: {name: ${name}}
spec: {ports: [{port: 80}]}`;

// staging/src/k8s.io/apimachinery/pkg/util/validation/validation.go, pkg/api/validation/objectmeta.go
describe('the name of a Pod', () => {
  it.each([
    ['Web', subdomain],
    ['web_1', subdomain],
    ['-web', subdomain],
    ['web-', subdomain],
    ['web..x', subdomain],
  ])('cannot be %s', (name, why) => {
    expect(verdict(webPod.replace('name: web,', `name: ${name},`))).toEqual([
      `metadata.name: Invalid value: "${name}": ${why}`,
    ]);
  });

  it.each(['web', 'web.example', '1web', 'a'.repeat(253)])('can be %s', (name) => {
    expect(verdict(webPod.replace('name: web,', `name: "${name}",`))).toEqual([]);
  });

  it('is no longer than a subdomain', () => {
    const name = 'a'.repeat(254);
    expect(verdict(webPod.replace('name: web,', `name: ${name},`))).toEqual([
      `metadata.name: Invalid value: "${name}": must be no more than 253 characters`,
    ]);
  });

  it('has to be there, or a prefix for one', () => {
    const without = webPod.replace('name: web,', '');
    expect(verdict(without)).toEqual(['metadata.name: Required value: name or generateName is required']);
    expect(verdict(webPod.replace('name: web,', 'generateName: web-,'))).toEqual([]);
  });
});

// pkg/apis/core/validation/validation.go `ValidateService`
describe('the name of a Service', () => {
  it('has no dots', () => {
    expect(verdict(service('web.example'))).toEqual([
      'metadata.name: Invalid value: "web.example": must not contain dots',
    ]);
    expect(verdict(service('web'))).toEqual([]);
  });
});

// staging/src/k8s.io/apimachinery/pkg/apis/meta/v1/validation/validation.go `ValidateLabels`
describe('labels', () => {
  it.each([
    ['{app: x/y}', `metadata.labels: Invalid value: "x/y": ${labelValue}`],
    ['{app: "-x"}', `metadata.labels: Invalid value: "-x": ${labelValue}`],
    [`{app: ${'x'.repeat(64)}}`, `metadata.labels: Invalid value: "${'x'.repeat(64)}": must be no more than 63 bytes`],
    ['{"a b": x}', `metadata.labels: Invalid value: "a b": ${namePart}`],
    ['{"/b": x}', 'metadata.labels: Invalid value: "/b": prefix part must be non-empty'],
    ['{"Example.com/b": x}', `metadata.labels: Invalid value: "Example.com/b": prefix part ${subdomain}`],
  ])('cannot be %s', (labels, error) => {
    expect(verdict(webPod.replace('{app: web}', labels))).toEqual([error]);
  });

  it.each(['{}', '{app: ""}', '{example.com/app: Web_1.x}', '{app: "1"}'])('can be %s', (labels) => {
    expect(verdict(webPod.replace('{app: web}', labels))).toEqual([]);
  });
});

describe('annotations', () => {
  it('hold at most 256 KiB together', () => {
    const text = webPod.replace('name: web,', `name: web, annotations: {note: "${'x'.repeat(256 * 1024)}"},`);
    expect(verdict(text)).toEqual(['metadata.annotations: Too long: may not be more than 262144 bytes']);
  });
});
