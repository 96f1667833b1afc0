import type { CertificateSigningRequest } from '@/kubernetes/api/generated/certificates-v1';
import { humanDuration } from '../../output/duration';
import { labelsText } from '../../printers/selector-text';
import type { Describer } from '../describer';
import { describeEvents, eventsAbout } from '../events';
import { Lines, longTime } from '../lines';
import { parseCertificateRequest } from './certificate-request';

/** The parts of a subject that are lists, by the number of their attribute below 2.5.4. */
const lists: readonly (readonly [number, string])[] = [
  [10, 'Organization'],
  [11, 'Organizational Unit'],
  [6, 'Country'],
  [7, 'Locality'],
  [8, 'Province'],
  [9, 'StreetAddress'],
  [17, 'PostalCode'],
];

/** Upstream: kubectl/pkg/describe/describe.go `describeCertificateSigningRequest`. */
export const describeCertificateSigningRequest: Describer<CertificateSigningRequest> = (
  object,
  { invocation, events },
) => {
  const { metadata, spec, status } = object;
  const request = parseCertificateRequest(atob(spec.request));
  const lines = new Lines();
  lines.field('Name', metadata.name);
  lines.field('Labels', labelsText(metadata.labels) || '<none>');
  lines.field('Annotations', labelsText(metadata.annotations) || '<none>');
  lines.field('CreationTimestamp', longTime(metadata.creationTimestamp));
  lines.field('Requesting User', spec.username);
  if (spec.signerName) lines.field('Signer', spec.signerName);
  if (spec.expirationSeconds !== undefined) {
    lines.field('Requested Duration', humanDuration(spec.expirationSeconds * 1000));
  }
  lines.field('Status', statusText(status));
  lines.add(0, 'Subject:');
  lines.add(0, `\tCommon Name:\t${request.subject.get(3)?.at(-1) ?? ''}`);
  lines.add(0, `\tSerial Number:\t${request.subject.get(5)?.at(-1) ?? ''}`);
  for (const [type, name] of lists) list(lines, name, request.subject.get(type) ?? []);
  const alternatives = [
    ['DNS Names', request.dnsNames],
    ['Email Addresses', request.emailAddresses],
    ['URIs', request.uris],
    ['IP Addresses', request.ipAddresses],
  ] as const;
  if (alternatives.some(([, values]) => values.length > 0)) lines.add(0, 'Subject Alternative Names:');
  for (const [name, values] of alternatives) list(lines, name, values);
  if (events) describeEvents(lines, eventsAbout(invocation, { ...object }), invocation.now);
  return lines.toString();
};

function list(lines: Lines, name: string, values: readonly string[]): void {
  values.forEach((value, i) => lines.add(0, `\t${i === 0 ? `${name}:` : ''}\t${value}`));
}

/** `Approved,Issued`. Upstream: `extractCSRStatus`. */
function statusText({ conditions = [], certificate }: NonNullable<CertificateSigningRequest['status']> = {}): string {
  const has = (type: string) => conditions.some((one) => one.type === type);
  const verdict = has('Denied') ? 'Denied' : has('Approved') ? 'Approved' : 'Pending';
  return `${verdict}${has('Failed') ? ',Failed' : ''}${certificate ? ',Issued' : ''}`;
}
