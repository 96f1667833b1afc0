// Upstream: staging/src/k8s.io/apimachinery/pkg/util/validation/validation.go, pkg/api/validate/content
const label1123 = '[a-z0-9]([-a-z0-9]*[a-z0-9])?';
const subdomain1123 = `${label1123}(\\.${label1123})*`;
const label1035 = '[a-z]([-a-z0-9]*[a-z0-9])?';
const qualifiedName = '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]';
const labelValue = `(${qualifiedName})?`;

const label1123Text =
  "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character";
const subdomain1123Text =
  "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character";
const label1035Text =
  "a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an alphabetic character, and end with an alphanumeric character";
const qualifiedNameText =
  "must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character";
const labelValueText =
  "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character";

function whole(pattern: string): RegExp {
  return new RegExp(`^(?:${pattern})$`);
}

const isLabel1123 = whole(label1123);
const isSubdomain1123 = whole(subdomain1123);
const isLabel1035 = whole(label1035);
const isQualified = whole(qualifiedName);
const isLabelValue = whole(labelValue);

/** Upstream `RegexError`: two spaces stand before each `or`. */
export function regexText(text: string, pattern: string, ...examples: readonly string[]): string {
  const shown = examples.map((example) => `'${example}'`).join(',  or ');
  return examples.length === 0
    ? `${text} (regex used for validation is '${pattern}')`
    : `${text} (e.g. ${shown}, regex used for validation is '${pattern}')`;
}

/** Upstream `MaxLenError`. */
export function maxLengthText(length: number): string {
  return `must be no more than ${length} characters`;
}

/** The same where validation is declared in the types. */
function maxBytesText(length: number): string {
  return `must be no more than ${length} bytes`;
}

/** Upstream `InclusiveRangeError`. */
export function rangeText(lowest: number, highest: number): string {
  return `must be between ${lowest} and ${highest}, inclusive`;
}

/** Bytes of a text in UTF-8, which is what Go's `len` counts. */
export function byteLength(text: string): number {
  let bytes = text.length;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    // A pair of surrogates is four bytes, two for each half.
    const pair = code >= 0xd800 && code <= 0xdfff && (text.codePointAt(i) ?? 0) >= 0x10000;
    bytes += code < 0x80 ? 0 : code < 0x800 ? 1 : 2;
    if (pair) i++;
  }
  return bytes;
}

/** What is wrong with a name; an empty list when nothing is. */
export type NameRule = (name: string) => string[];

/** Upstream `IsDNS1123Label`. */
export function dns1123Label(name: string): string[] {
  const errors: string[] = [];
  if (byteLength(name) > 63) errors.push(maxLengthText(63));
  if (!isLabel1123.test(name)) {
    errors.push(
      isSubdomain1123.test(name) ? 'must not contain dots' : regexText(label1123Text, label1123, 'my-name', '123-abc'),
    );
  }
  return errors;
}

/** Upstream `IsDNS1123Subdomain`. */
export function dns1123Subdomain(name: string): string[] {
  const errors: string[] = [];
  if (byteLength(name) > 253) errors.push(maxLengthText(253));
  if (!isSubdomain1123.test(name)) errors.push(regexText(subdomain1123Text, subdomain1123, 'example.com'));
  return errors;
}

/** The same where validation is declared in the types: it counts bytes and says so. */
export function dns1123SubdomainBytes(name: string): string[] {
  return dns1123Subdomain(name).map((message) => (message === maxLengthText(253) ? maxBytesText(253) : message));
}

/** Upstream `IsDNS1035Label`. */
export function dns1035Label(name: string): string[] {
  const errors: string[] = [];
  if (byteLength(name) > 63) errors.push(maxLengthText(63));
  if (!isLabel1035.test(name)) errors.push(regexText(label1035Text, label1035, 'my-name', 'abc-123'));
  return errors;
}

const labelWithUnderscore = '_?[a-z0-9]([-_a-z0-9]*[a-z0-9])?';
const subdomainWithUnderscore = `${labelWithUnderscore}(\\.${labelWithUnderscore})*`;
const isSubdomainWithUnderscore = whole(subdomainWithUnderscore);
const subdomainWithUnderscoreText =
  "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '_', '-' or '.', and must start and end with an alphanumeric character";

/** Search domains may hold underscores. */
export function dns1123SubdomainWithUnderscore(name: string): string[] {
  const errors: string[] = [];
  if (byteLength(name) > 253) errors.push(maxLengthText(253));
  if (!isSubdomainWithUnderscore.test(name)) {
    errors.push(regexText(subdomainWithUnderscoreText, subdomainWithUnderscore, 'example.com'));
  }
  return errors;
}

const isWildcard = whole(`\\*\\.${subdomain1123}`);
const wildcardText =
  "a wildcard DNS-1123 subdomain must start with '*.', followed by a valid DNS subdomain, which must consist of lower case alphanumeric characters, '-' or '.' and end with an alphanumeric character";

/** Upstream `IsWildcardDNS1123Subdomain`. */
export function wildcardDns1123Subdomain(name: string): string[] {
  const errors: string[] = [];
  if (byteLength(name) > 253) errors.push(maxLengthText(253));
  if (!isWildcard.test(name)) errors.push(regexText(wildcardText, `\\*\\.${subdomain1123}`, '*.example.com'));
  return errors;
}

/** `example.com/my-name`: label keys, annotation keys, taints, topology keys. */
export function qualifiedNameErrors(name: string): string[] {
  const parts = name.split('/');
  const errors: string[] = [];
  const [first = '', second] = parts;
  const local = second ?? first;
  if (parts.length > 2) {
    const text = regexText(`a valid label key ${qualifiedNameText}`, qualifiedName, 'MyName', 'my.name', '123-abc');
    return [`${text} with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')`];
  }
  if (second !== undefined) {
    if (first === '') errors.push('prefix part must be non-empty');
    else errors.push(...dns1123SubdomainBytes(first).map((message) => `prefix part ${message}`));
  }
  if (local === '') errors.push('name part must be non-empty');
  else if (byteLength(local) > 63) errors.push(`name part ${maxBytesText(63)}`);
  if (!isQualified.test(local)) {
    errors.push(`name part ${regexText(qualifiedNameText, qualifiedName, 'MyName', 'my.name', '123-abc')}`);
  }
  return errors;
}

/** Upstream `IsValidLabelValue`. */
export function labelValueErrors(value: string): string[] {
  const errors: string[] = [];
  if (byteLength(value) > 63) errors.push(maxBytesText(63));
  if (!isLabelValue.test(value)) {
    errors.push(regexText(labelValueText, labelValue, 'MyValue', 'my_value', '12345'));
  }
  return errors;
}

/** A generated name is judged by its prefix, without a dash at its end. */
export function nameOfPrefix(prefix: string): string {
  return prefix.endsWith('-') ? prefix.slice(0, -1) : prefix;
}

const isConfigMapKey = whole('[-._a-zA-Z0-9]+');

/** Keys of ConfigMaps and Secrets. */
export function configMapKey(key: string): string[] {
  const errors: string[] = [];
  if (byteLength(key) > 253) errors.push(maxLengthText(253));
  if (!isConfigMapKey.test(key)) {
    const text = "a valid config key must consist of alphanumeric characters, '-', '_' or '.'";
    errors.push(regexText(text, '[-._a-zA-Z0-9]+', 'key.name', 'KEY_NAME', 'key-name'));
  }
  return [...errors, ...notHierarchical(key)];
}

/** Upstream `hasChDirPrefix`. */
function notHierarchical(value: string): string[] {
  if (value === '.') return ["must not be '.'"];
  if (value === '..') return ["must not be '..'"];
  return value.startsWith('..') ? ["must not start with '..'"] : [];
}

/** Any printable ASCII but `=`. Upstream `IsRelaxedEnvVarName`. */
export function envVarName(name: string): string[] {
  if (name === '') return ['environment variable names must be non-empty'];
  return /^[\x20-\x3c\x3e-\x7e]+$/.test(name)
    ? []
    : ["a valid environment variable name must consist only of printable ASCII characters other than '='"];
}

/** Every text a port's name breaks. Upstream `IsValidPortName`. */
export function portName(name: string): string[] {
  const errors: string[] = [];
  if (byteLength(name) > 15) errors.push(maxLengthText(15));
  if (!/^[-a-z0-9]+$/.test(name)) errors.push('must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-)');
  if (!/[a-z]/.test(name)) errors.push('must contain at least one letter (a-z)');
  if (name.includes('--')) errors.push('must not contain consecutive hyphens');
  if (name.startsWith('-') || name.endsWith('-')) errors.push('must not begin or end with a hyphen');
  return errors;
}

/** `must be between 1 and 65535, inclusive` */
export function portNumber(port: number): string[] {
  return port >= 1 && port <= 65535 ? [] : [rangeText(1, 65535)];
}

/** Users and groups of containers. */
export function userOrGroupId(id: number): string[] {
  return id >= 0 && id <= 2 ** 31 - 1 ? [] : [rangeText(0, 2 ** 31 - 1)];
}

const isHeaderName = /^[-A-Za-z0-9]+$/;

/** Upstream `IsHTTPHeaderName`. */
export function httpHeaderName(name: string): string[] {
  if (isHeaderName.test(name)) return [];
  const text = "a valid HTTP header must consist of alphanumeric characters or '-'";
  return [regexText(text, '[-A-Za-z0-9]+', 'X-Header-Name')];
}

/** Names that stand in a path of the API. Upstream: pkg/api/validation/path/name.go */
export function pathSegmentName(name: string): string[] {
  if (name === '.' || name === '..') return [`may not be '${name}'`];
  return ['/', '%'].filter((illegal) => name.includes(illegal)).map((illegal) => `may not contain '${illegal}'`);
}
