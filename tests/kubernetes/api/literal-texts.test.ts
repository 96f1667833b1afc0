import { describe, expect, it } from 'vitest';
import { canonicalQuantity } from '@/kubernetes/api/quantity';
import { server, yaml } from '../apiserver/server';

function refusal(group: string, version: string, resource: string, manifest: string): unknown {
  return server().ask({ verb: 'create', group, version, resource, body: yaml(manifest) }).body.message;
}

describe('what a real server says to the letter', () => {
  it('names both owners that want control by kind and name', () => {
    const owner = (name: string) => `{apiVersion: v1, kind: Pod, name: ${name}, uid: u, controller: true}`;
    const text = `{apiVersion: v1, kind: ConfigMap, metadata: {name: a, ownerReferences: [${owner('p')}, ${owner('q')}]}}`;
    expect(refusal('', 'v1', 'configmaps', text)).toContain('Found "true" in references for Pod/p and Pod/q');
  });

  it('quotes the name of what it refuses', () => {
    const text = '{apiVersion: v1, kind: ConfigMap, metadata: {name: "a\\nb"}}';
    expect(refusal('', 'v1', 'configmaps', text)).toContain('ConfigMap "a\\nb" is invalid: ');
  });

  it('lists the protocols of a NetworkPolicy in its own order', () => {
    const text = `{apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, metadata: {name: a},
      spec: {podSelector: {}, ingress: [{ports: [{protocol: tcp}]}]}}`;
    expect(refusal('networking.k8s.io', 'v1', 'networkpolicies', text)).toBe(
      'NetworkPolicy.networking.k8s.io "a" is invalid: spec.ingress[0].ports[0].protocol: Unsupported value: "tcp": supported values: "TCP", "UDP", "SCTP"',
    );
  });

  it('takes bytes that are null for none', () => {
    const { ask } = server();
    const data = (resource: string, manifest: string) =>
      ask({ verb: 'create', version: 'v1', resource, body: yaml(manifest) }).body;
    const map = data('configmaps', '{apiVersion: v1, kind: ConfigMap, metadata: {name: a}, binaryData: {k: null}}');
    const secret = data('secrets', '{apiVersion: v1, kind: Secret, metadata: {name: a}, data: {k: null}}');
    expect([map.binaryData, secret.data]).toEqual([{ k: '' }, { k: '' }]);
  });

  it('judges the template of a PodTemplate', () => {
    const text = '{apiVersion: v1, kind: PodTemplate, metadata: {name: a}, template: {spec: {containers: []}}}';
    expect(refusal('', 'v1', 'podtemplates', text)).toBe(
      'PodTemplate "a" is invalid: template.spec.containers: Required value',
    );
  });

  it('caps an amount only where it is written in powers of two', () => {
    expect(canonicalQuantity('123456789012345678901')).toBe('123456789012345678901');
    expect(canonicalQuantity('9999999999999999999999Gi')).toBe('9223372036854775807');
    expect(canonicalQuantity('+1')).toBe('+1');
  });
});
