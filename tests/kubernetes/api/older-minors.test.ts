import { describe, expect, it } from 'vitest';
import type { KubernetesVersion } from '@/kubernetes/api/kind';
import type { Pod } from '@/kubernetes/api/generated/core-v1';
import { objectOf, server, webPod, yaml } from '../apiserver/server';

const minors: readonly KubernetesVersion[] = ['1.34', '1.35', '1.36'];
const create = (version: KubernetesVersion, text: string) =>
  server(version).ask({ verb: 'create', resource: 'pods', body: yaml(text) });

describe('older minors', () => {
  it('do not know a name for a Pod on the host network that 1.35 forbids', () => {
    const text = webPod.replace('spec:', 'spec:\n  hostNetwork: true\n  hostnameOverride: other');
    expect(minors.map((minor) => create(minor, text).code)).toEqual([201, 422, 422]);
    expect((objectOf(create('1.34', text)) as Pod).spec.hostnameOverride).toBeUndefined();
  });

  it('took addresses with leading zeros, and warned', () => {
    const text = webPod.replace('spec:', 'spec:\n  dnsConfig: {nameservers: ["08.8.8.8"]}');
    const warning =
      'spec.dnsConfig.nameservers[0]: non-standard IP address "08.8.8.8" will be considered invalid in a future Kubernetes release: use "8.8.8.8"';
    expect(minors.map((minor) => create(minor, text).warnings)).toEqual([[warning], [warning], []]);
    expect(create('1.36', text).body.message).toBe(
      'Pod "web" is invalid: spec.dnsConfig.nameservers[0]: Invalid value: "08.8.8.8": must not have leading 0s',
    );
  });

  it('counted characters of labels, not bytes', () => {
    const text = webPod.replace('app: web', `app: ${'x'.repeat(64)}`);
    const ends = minors.map((minor) => /no more than .*/.exec(String(create(minor, text).body.message))?.[0]);
    expect(ends).toEqual(['no more than 63 characters', 'no more than 63 bytes', 'no more than 63 bytes']);
  });
});
