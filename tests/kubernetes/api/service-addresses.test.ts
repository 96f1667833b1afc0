import { describe, expect, it } from 'vitest';
import { verdict } from './verdict';

// pkg/registry/core/service/storage/alloc.go `initIPFamilyFields`
describe('addresses of a Service', () => {
  const service = (spec: string) => `{apiVersion: v1, kind: Service, metadata: {name: a}, spec: {${spec}}}`;

  it('are judged before the rest, and end the request', () => {
    expect(verdict(service('clusterIP: oops, selector: {a: "b c"}'))).toEqual([
      'spec.clusterIPs[0]: Invalid value: "oops": must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)',
    ]);
    expect(verdict(service('ipFamilies: [IPv4, IPv4], externalTrafficPolicy: Wrong'))).toEqual([
      'spec.ipFamilies[1]: Duplicate value: "IPv4"',
    ]);
  });

  it('name their own family', () => {
    expect(verdict(service('clusterIP: "::1", ports: [{port: 80}]'))).toEqual([
      'spec.clusterIPs[0]: Invalid value: ["::1"]: IPv6 is not configured on this cluster',
    ]);
    expect(verdict(service('ipFamilyPolicy: RequireDualStack, ports: [{port: 80}]'))).toEqual([
      'spec.ipFamilyPolicy: Invalid value: "RequireDualStack": this cluster is not configured for dual-stack services',
    ]);
  });
});
