// Upstream: pkg/apis/certificates/validation/validation.go, pkg/registry/certificates/certificates/strategy.go
import { validateSignerName } from '../core/pod-spec/validation/volumes/credentials';
import { defineKind } from '../define-kind';
import { duplicate, type FieldError, invalid, notSupported, Path, required } from '../field-error';
import type { CertificateSigningRequest } from '../generated/certificates-v1';
import { complaints } from '../meta/labels';
import { pathSegmentName } from '../meta/names';

const path = Path.of('spec');
type Spec = CertificateSigningRequest['spec'];

// What a request without a spec is decoded to; validation comes later and refuses it.
const emptySpec = {} as Spec;
const shortestSeconds = 600;
const usagesKnown: readonly string[] = [
  ...['any', 'cert sign', 'client auth', 'code signing', 'content commitment', 'crl sign', 'data encipherment'],
  ...['decipher only', 'digital signature', 'email protection', 'encipher only', 'ipsec end system', 'ipsec tunnel'],
  ...['ipsec user', 'key agreement', 'key encipherment', 'microsoft sgc', 'netscape sgc', 'ocsp signing', 's/mime'],
  ...['server auth', 'signing', 'timestamping'],
];

export const certificateSigningRequest = defineKind<CertificateSigningRequest>({
  group: 'certificates.k8s.io',
  version: 'v1',
  kind: 'CertificateSigningRequest',
  namespaced: false,
  updates: ['whole', 'meta'],
  name: () => [],
  prepareForCreate(object, _context, asker) {
    const { user, groups, uid } = asker?.() ?? { user: '', groups: [] };
    const { extra: _extra, uid: _uid, ...spec } = (object.spec as Spec | undefined) ?? emptySpec; // not validated yet
    object.spec = { ...spec, username: user, groups: [...groups], ...(uid === undefined ? {} : { uid }) };
    object.status = {};
  },
  prepareForUpdate(object, old) {
    object.spec = old.spec;
    object.status = old.status;
  },
  validateContent({ metadata, spec }) {
    const errors = [
      ...validateRequest((spec as Partial<Spec>).request, path.child('request')), // this is what validates it
      ...validateUsages(spec.usages ?? [], path.child('usages')),
      ...validateSigner(spec.signerName, path.child('signerName')),
      ...validateExpiration(spec.expirationSeconds, path.child('expirationSeconds')),
    ];
    // The rule that all kinds share comes last: staging/src/k8s.io/apiserver/pkg/registry/rest/create.go
    const { name = '' } = metadata as { name?: string };
    return errors.length > 0 ? errors : complaints(pathSegmentName, Path.of('metadata.name'), name);
  },
});

function validateRequest(request: string | undefined, at: Path): FieldError[] {
  const why = requestComplaint(atob(request ?? ''));
  return why === undefined ? [] : [invalid(at, request ?? null, why)];
}

/** Of what is inside, only the frame is read: neither names nor the signature. */
function requestComplaint(pem: string): string | undefined {
  const block =
    /(?:^|\n)-----BEGIN ([^\n]*?)-----[ \t\r]*\n([A-Za-z0-9+/=\s]*?)\n?-----END \1-----[ \t\r]*(?:\n|$)/.exec(pem);
  const [, type, body = ''] = block ?? [];
  const der = type === 'CERTIFICATE REQUEST' ? decoded(body) : undefined;
  return der === undefined ? 'PEM block type must be CERTIFICATE REQUEST' : frameComplaint(der);
}

function decoded(body: string): string | undefined {
  const text = body.replace(/\s/g, '');
  return text.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(text) ? atob(text) : undefined;
}

/** Upstream: Go's encoding/asn1 `parseTagAndLength` */
function frameComplaint(der: string): string | undefined {
  if (der.length === 0) return 'asn1: syntax error: sequence truncated';
  if (der.length < 2) return 'asn1: syntax error: truncated tag or length';
  const first = der.charCodeAt(1);
  const bytes = first < 0x80 ? 0 : first & 0x7f;
  if (bytes > 0 && der.length < 2 + bytes) return 'asn1: syntax error: truncated tag or length';
  let length = bytes === 0 ? first : 0;
  for (let i = 0; i < bytes; i++) length = length * 256 + der.charCodeAt(2 + i);
  const end = 2 + bytes + length;
  if (end > der.length) return 'asn1: syntax error: data truncated';
  return end < der.length ? 'asn1: syntax error: trailing data' : undefined;
}

function validateUsages(usages: readonly string[], at: Path): FieldError[] {
  if (usages.length === 0) return [required(at)];
  const unknown = usages.flatMap((usage, i) =>
    usagesKnown.includes(usage) ? [] : [notSupported(at.index(i), usage, usagesKnown)],
  );
  const repeated = usages.flatMap((usage, i) => (usages.indexOf(usage) < i ? [duplicate(at.index(i), usage)] : []));
  return [...unknown, ...repeated];
}

function validateSigner(name: string, at: Path): FieldError[] {
  if (name === 'kubernetes.io/legacy-unknown') {
    return [invalid(at, name, 'the legacy signerName is not allowed via this API version')];
  }
  return name ? validateSignerName(name, at) : [required(at)];
}

function validateExpiration(seconds: number | undefined, at: Path): FieldError[] {
  if (seconds === undefined || seconds >= shortestSeconds) return [];
  return [invalid(at, seconds, 'may not specify a duration less than 600 seconds (10 minutes)')];
}
