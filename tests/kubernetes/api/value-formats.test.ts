import { describe, expect, it } from 'vitest';
import { create, verdict } from './verdict';

const specOf = (text: string) => create([text]).body.spec;

describe('values that read themselves', () => {
  const lease = (time: string) => `
apiVersion: coordination.k8s.io/v1
kind: Lease
metadata: {name: a}
spec: {renewTime: ${JSON.stringify(time)}}`;
  const layout = '"2006-01-02T15:04:05.000000Z07:00"';

  // Go: src/time/format.go
  it.each([
    ['8080', `"8080" as ${layout}: cannot parse "" as "-"`],
    ['über', String.raw`"\xc3\xbcber" as ${layout}: cannot parse "\xc3\xbcber" as "2006"`],
    ['2024-13-01T00:00:00Z', '"2024-13-01T00:00:00Z": month out of range'],
    ['2024-02-30T00:00:00.000000Z', '"2024-02-30T00:00:00.000000Z": day out of range'],
    ['2024-01-01T00:00:00.5Z', `"2024-01-01T00:00:00.5Z" as ${layout}: cannot parse ".5Z" as ".000000"`],
    ['2024-1-1T1:2:3Z', `"2024-1-1T1:2:3Z" as ${layout}: cannot parse "1-1T1:2:3Z" as "01"`],
    ['2024-01-01T00:00:00.000000Zx', '"2024-01-01T00:00:00.000000Zx": extra text: "x"'],
  ])('the time %j', (time, why) => {
    expect(verdict(lease(time))).toEqual([`Lease in version "v1" cannot be handled as a Lease: parsing time ${why}`]);
  });

  it.each([
    ['2024-01-01T00:00:00.000000+01:00', '2023-12-31T23:00:00.000000Z'],
    ['2024-01-01T1:00:00,123456Z', '2024-01-01T01:00:00.123456Z'],
  ])('the time %j is stored in UTC', (time, stored) => {
    expect(specOf(lease(time))).toEqual({ renewTime: stored });
  });

  // Go: src/encoding/base64/base64.go
  it.each([
    ['a\nb', 1],
    ['abü', 2],
    ['ab=', 3],
    ['ab==c', 4],
    ['a===', 1],
    ['YQ==YQ==', 4],
  ])('the bytes %j', (text, offset) => {
    const map = `{apiVersion: v1, kind: ConfigMap, metadata: {name: a}, binaryData: {k: ${JSON.stringify(text)}}}`;
    expect(verdict(map)).toEqual([
      `ConfigMap in version "v1" cannot be handled as a ConfigMap: illegal base64 data at input byte ${offset}`,
    ]);
  });

  // staging/src/k8s.io/apimachinery/pkg/util/validation/validation.go `IsDomainPrefixedPath`
  it('the manager of a Job', () => {
    const job = (name: string) => `
apiVersion: batch/v1
kind: Job
metadata: {name: a}
spec: {managedBy: ${JSON.stringify(name)}, template: {spec: {restartPolicy: Never, containers: [{name: c, image: i}]}}}`;
    expect(verdict(job('example.com/a'))).toEqual([]);
    expect(verdict(job('example.com/a b'))).toEqual([
      String.raw`spec.managedBy: Invalid value: "a b": Invalid path (regex used for validation is '[A-Za-z0-9/\-._~%!$&'()*+,;=:]+')`,
    ]);
    expect(verdict(job(`example.com/${'x'.repeat(60)}`))).toEqual([
      'spec.managedBy: Too long: may not be more than 63 bytes',
    ]);
  });
});
