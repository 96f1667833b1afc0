// Upstream: staging/src/k8s.io/apiextensions-apiserver/pkg/apiserver/validation/formats.go
import { type Schema, schemas } from './schema-walk';

const ofStrings = new Set(
  (
    'bsonobjectid uri email hostname ipv4 ipv6 cidr mac uuid uuid3 uuid4 uuid5 isbn isbn10 isbn13 creditcard ssn ' +
    'hexcolor rgbcolor byte password date duration datetime k8sshortname k8slongname'
  ).split(' '),
);

/** Formats that mean nothing to the server, in the order of the schema. */
export function unrecognizedFormats(root: Schema): string[] {
  return [...schemas(root)].flatMap(({ type = '', format }) => (format && !isKnown(type, format) ? [format] : []));
}

function isKnown(type: string, format: string): boolean {
  switch (type) {
    case '':
    case 'string':
      return ofStrings.has(format.replaceAll('-', ''));
    case 'integer':
      return format === 'int32' || format === 'int64';
    case 'number':
      return format === 'float' || format === 'double';
    default:
      return false;
  }
}
