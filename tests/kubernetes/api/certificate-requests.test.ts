import { describe, expect, it } from 'vitest';
import { create, verdict } from './verdict';

// pkg/apis/certificates/validation/validation.go
describe('a request for a certificate', () => {
  const request = (spec: string) =>
    `{apiVersion: certificates.k8s.io/v1, kind: CertificateSigningRequest, metadata: {name: jane}, spec: {${spec}}}`;
  const pem = (der: string) =>
    btoa(`-----BEGIN CERTIFICATE REQUEST-----\n${btoa(der)}\n-----END CERTIFICATE REQUEST-----\n`);

  it('is refused for what it holds, for whom and for how long', () => {
    const spec = 'request: aGk=, signerName: foo, usages: [client auth, client auth], expirationSeconds: 7';
    expect(verdict(request(spec))).toEqual([
      'spec.request: Invalid value: "aGk=": PEM block type must be CERTIFICATE REQUEST',
      'spec.usages[1]: Duplicate value: "client auth"',
      'spec.signerName: Invalid value: "foo": must be a fully qualified domain and path of the form \'example.com/signer-name\'',
      'spec.expirationSeconds: Invalid value: 7: may not specify a duration less than 600 seconds (10 minutes)',
    ]);
    const legacy = `request: ${pem('0\x03\x02')}, signerName: kubernetes.io/legacy-unknown`;
    expect(verdict(request(legacy))).toEqual([
      `spec.request: Invalid value: "${pem('0\x03\x02')}": asn1: syntax error: data truncated`,
      'spec.usages: Required value',
      'spec.signerName: Invalid value: "kubernetes.io/legacy-unknown": the legacy signerName is not allowed via this API version',
    ]);
  });

  // pkg/apis/core/validation/names.go `ValidateSignerName`
  it('names a signer by a domain and a name', () => {
    expect(verdict(request(`request: ${pem('0\x00')}, signerName: foo/bar, usages: [any]`))).toEqual([
      'spec.signerName: Invalid value: "foo": should be a domain with at least two segments separated by dots',
    ]);
    const wrong = verdict(request(`request: ${pem('0\x00')}, signerName: a..b/C, usages: [any]`));
    expect(wrong.map((text) => text.slice(0, 66))).toEqual([
      'spec.signerName: Invalid value: "a..b": validating label "": a low',
      'spec.signerName: Invalid value: "C": validating label "C": a lower',
    ]);
  });

  it('is written down as the wish of who made it', () => {
    const spec = `request: ${pem('0\x00')}, signerName: a.b/c, usages: [any], username: other`;
    expect(create([request(spec)]).body).toMatchObject({
      spec: {
        username: 'kubernetes-admin',
        groups: ['system:masters', 'kubeadm:cluster-admins', 'system:authenticated'],
      },
      status: {},
    });
  });
});
