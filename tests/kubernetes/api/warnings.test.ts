import { describe, expect, it } from 'vitest';
import { server, yaml } from '../apiserver/server';
import { create } from './verdict';

describe('what is said besides', () => {
  // staging/src/k8s.io/apiserver/pkg/endpoints/handlers/rest.go
  it('owners that are named twice are kept once, with a warning', () => {
    const owner = '{apiVersion: v1, kind: Pod, name: p, uid: u}';
    const text = `{apiVersion: v1, kind: ConfigMap, metadata: {name: a, ownerReferences: [${owner}, ${owner}]}}`;
    const { body, warnings } = create([text]);
    expect(body.metadata).toHaveProperty('ownerReferences.length', 1);
    expect(warnings).toEqual([
      '.metadata.ownerReferences contains duplicate entries; API server dedups owner references in 1.20+, and may reject such requests as early as 1.24; please fix your requests; duplicate UID(s) observed: u',
    ]);
  });

  // pkg/registry/core/serviceaccount/strategy.go
  it('an annotation of a ServiceAccount that means nothing any more', () => {
    const text =
      '{apiVersion: v1, kind: ServiceAccount, metadata: {name: a, annotations: {kubernetes.io/enforce-mountable-secrets: "true"}}}';
    expect(create([text]).warnings).toEqual([
      'metadata.annotations[kubernetes.io/enforce-mountable-secrets]: deprecated in v1.32+; prefer separate namespaces to isolate access to mounted secrets',
    ]);
  });

  // pkg/api/persistentvolume/util.go
  it('sources of a PersistentVolume that went away', () => {
    const text = `{apiVersion: v1, kind: PersistentVolume, metadata: {name: a}, spec: {capacity: {storage: 1Gi}, accessModes: [ReadWriteOnce], rbd: {monitors: [a], image: i}}}`;
    expect(create([text]).warnings).toEqual(['spec.rbd: deprecated in v1.28, non-functional in v1.31+']);
  });
});

// pkg/registry/core/service/{ipallocator,portallocator}: a dry run takes nothing
it('a dry run shows numbers that nobody looked for', () => {
  const body = yaml(
    '{apiVersion: v1, kind: Service, metadata: {name: a}, spec: {type: NodePort, ports: [{port: 80, name: a}, {port: 81, name: b}]}}',
  );
  const answer = server().ask({ verb: 'create', version: 'v1', resource: 'services', body, dryRun: true });
  expect(answer.body.spec).toMatchObject({ clusterIP: '10.96.0.0', ports: [{ nodePort: 32769 }, { nodePort: 32770 }] });
});
