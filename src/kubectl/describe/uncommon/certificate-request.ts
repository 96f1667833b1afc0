/** What a certificate request asks for. Upstream: Go's crypto/x509 `ParseCertificateRequest`, crypto/x509/pkix `Name`. */
export interface CertificateRequest {
  /** The values of the subject, by the number of their attribute below 2.5.4, in their order. */
  readonly subject: ReadonlyMap<number, readonly string[]>;
  readonly dnsNames: readonly string[];
  readonly emailAddresses: readonly string[];
  readonly uris: readonly string[];
  readonly ipAddresses: readonly string[];
}

/** One value of DER: its tag, and the bytes inside. */
interface Value {
  readonly tag: number;
  readonly body: Uint8Array;
}

const extensionRequest = '1.2.840.113549.1.9.14';
const subjectAlternativeName = '2.5.29.17';

/** Reads a PEM block. Throws RangeError for bytes that are no such request. */
export function parseCertificateRequest(pem: string): CertificateRequest {
  const base64 = pem.replace(/-----[^-]+-----/g, '').replace(/\s/g, '');
  const bytes = Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));
  const [, subject, , attributes] = valuesIn(valuesIn(valuesIn(bytes)[0]?.body)[0]?.body);
  const names = new Map<number, string[]>();
  for (const set of valuesIn(subject?.body)) {
    for (const pair of valuesIn(set.body)) {
      const [type, value] = valuesIn(pair.body);
      const [arc, own] = /^2\.5\.4\.(\d+)$/.exec(identifier(type)) ?? [];
      if (arc === undefined || !value) continue;
      const known = names.get(Number(own)) ?? [];
      names.set(Number(own), [...known, textOf(value.body)]);
    }
  }
  const alternatives = alternativeNames(attributes);
  const texts = (tag: number) => alternatives.filter((one) => one.tag === tag).map((one) => textOf(one.body));
  return {
    subject: names,
    emailAddresses: texts(0x81),
    dnsNames: texts(0x82),
    uris: texts(0x86),
    ipAddresses: alternatives.filter((one) => one.tag === 0x87).map((one) => addressOf(one.body)),
  };
}

function alternativeNames(attributes: Value | undefined): Value[] {
  for (const attribute of valuesIn(attributes?.body)) {
    const [type, values] = valuesIn(attribute.body);
    if (identifier(type) !== extensionRequest) continue;
    for (const extension of valuesIn(valuesIn(values?.body)[0]?.body)) {
      const parts = valuesIn(extension.body);
      if (identifier(parts[0]) === subjectAlternativeName) return valuesIn(valuesIn(parts.at(-1)?.body)[0]?.body);
    }
  }
  return [];
}

/** The values that stand one after the other in `bytes`. */
function valuesIn(bytes: Uint8Array = new Uint8Array()): Value[] {
  const out: Value[] = [];
  for (let i = 0; i < bytes.length;) {
    const tag = bytes[i++] ?? 0;
    let length = bytes[i++] ?? 0;
    if (length > 0x80) {
      let more = length - 0x80;
      for (length = 0; more > 0; more--) length = length * 256 + (bytes[i++] ?? 0);
    }
    if (i + length > bytes.length) throw new RangeError('asn1: syntax error: data truncated');
    out.push({ tag, body: bytes.subarray(i, i + length) });
    i += length;
  }
  return out;
}

/** `2.5.4.3` of an object identifier. */
function identifier(value: Value | undefined): string {
  const [first = 0, ...rest] = value?.body ?? [];
  const arcs = [Math.min(2, Math.floor(first / 40)), first < 80 ? first % 40 : first - 80];
  let arc = 0;
  for (const byte of rest) {
    arc = arc * 128 + (byte & 0x7f);
    if (byte < 0x80) {
      arcs.push(arc);
      arc = 0;
    }
  }
  return arcs.join('.');
}

function textOf(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}

/** `10.0.0.1`, `fd00::1` */
function addressOf(bytes: Uint8Array): string {
  if (bytes.length === 4) return bytes.join('.');
  const groups = Array.from({ length: 8 }, (_, i) =>
    ((bytes[2 * i] ?? 0) * 256 + (bytes[2 * i + 1] ?? 0)).toString(16),
  );
  const longest = [...groups.join(':').matchAll(/\b0(?::0)+\b/g)].sort((a, b) => b[0].length - a[0].length)[0];
  if (!longest) return groups.join(':');
  const text = groups.join(':');
  const [before, after] = [text.slice(0, longest.index), text.slice(longest.index + longest[0].length)];
  return `${before.replace(/:$/, '')}::${after.replace(/^:/, '')}`;
}
