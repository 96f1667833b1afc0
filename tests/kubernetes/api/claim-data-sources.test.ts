import { describe, expect, it } from 'vitest';
import { create, verdict } from './verdict';

const specOf = (text: string) => create([text]).body.spec;

// pkg/api/persistentvolumeclaim/util.go
describe('data sources of a claim', () => {
  const claim = (fields: string) => `
apiVersion: v1
kind: PersistentVolumeClaim
metadata: {name: a}
spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}, ${fields}}`;

  it('must be the same, and upstream prints nothing of them', () => {
    const two =
      'dataSource: {kind: PersistentVolumeClaim, name: a}, dataSourceRef: {kind: PersistentVolumeClaim, name: b}';
    expect(verdict(claim(two))).toEqual(['spec: Invalid value: {}: must match dataSourceRef']);
  });

  it('are dropped where they lie in another namespace or are of an unknown kind', () => {
    const spec = {
      accessModes: ['ReadWriteOnce'],
      resources: { requests: { storage: '1Gi' } },
      volumeMode: 'Filesystem',
    };
    expect(specOf(claim('dataSourceRef: {kind: PersistentVolumeClaim, name: b, namespace: other}'))).toEqual(spec);
    expect(specOf(claim('dataSource: {apiGroup: example.com, kind: Thing, name: b}'))).toEqual(spec);
  });

  it('fill one another in, with the group that is not there', () => {
    const source = { apiGroup: null, kind: 'PersistentVolumeClaim', name: 'b' };
    const filled = specOf(claim('dataSourceRef: {kind: PersistentVolumeClaim, name: b}'));
    expect(filled).toMatchObject({ dataSource: source, dataSourceRef: source });
  });
});
