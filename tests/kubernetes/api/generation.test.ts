import { describe, expect, it } from 'vitest';
import { create, verdict } from './verdict';

// staging/src/k8s.io/apiserver/pkg/registry/rest/create.go
describe('metadata.generation', () => {
  const configMap = (generation: number) =>
    `{apiVersion: v1, kind: ConfigMap, metadata: {name: a, generation: ${generation}}}`;

  it('may not be negative where the kind does not count', () => {
    expect(verdict(configMap(-1))).toEqual([
      'metadata.generation: Invalid value: -1: must be greater than or equal to 0',
    ]);
  });

  it('stays as it was sent where the kind does not count, and begins at 1 where it does', () => {
    expect(create([configMap(5)]).body.metadata).toHaveProperty('generation', 5);
    const policy = `{apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, metadata: {name: a, generation: 5}, spec: {podSelector: {}}}`;
    expect(create([policy]).body.metadata).toHaveProperty('generation', 1);
  });
});
