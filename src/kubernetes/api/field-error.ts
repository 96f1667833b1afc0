import { htmlSafe } from '../strconv/go-json';

/**
 * The vocabulary of validation. Texts: staging/src/k8s.io/apimachinery/pkg/util/validation/field/errors.go `ErrorBody`.
 */
export type FieldErrorReason =
  | 'FieldValueRequired'
  | 'FieldValueInvalid'
  | 'FieldValueNotSupported'
  | 'FieldValueForbidden'
  | 'FieldValueDuplicate'
  | 'FieldValueNotFound'
  | 'FieldValueTooLong'
  | 'FieldValueTooMany'
  | 'FieldValueTypeInvalid'
  | 'InternalError';

export interface FieldError {
  /** `spec.containers[0].ports[0].hostPort` */
  readonly field: string;
  /** As in `details.causes[].reason` of the Status. */
  readonly reason: FieldErrorReason;
  /** `Required value`, `Invalid value: 70000: must be between 1 and 65535, inclusive` */
  readonly body: string;
}

/**
 * A field path under construction: `Path.of('spec').child('ports').index(0)`. Nearly all paths are walked and never
 * printed, so a path is a link to its parent, and its text is made when somebody asks for it.
 */
export class Path {
  private constructor(
    private readonly parent: Path | undefined,
    private readonly step: string | number,
    private readonly bracketed: boolean,
  ) {}

  static readonly root = new Path(undefined, '', false);

  static of(text: string): Path {
    return new Path(undefined, text, false);
  }

  child(name: string, ...inner: string[]): Path {
    let path = name === '' ? this : new Path(this, name, false);
    for (const one of inner) path = path.child(one);
    return path;
  }

  index(i: number): Path {
    return new Path(this, i, true);
  }

  key(key: string): Path {
    return new Path(this, key, true);
  }

  toString(): string {
    const before = this.parent?.toString() ?? '';
    if (this.bracketed) return `${before}[${this.step}]`;
    return before === '' ? String(this.step) : `${before}.${this.step}`;
  }
}

/** A Go value as `ErrorBody` prints it: strings quoted, numbers and booleans bare, everything else as JSON. */
function goValue(value: unknown): string {
  if (value === undefined || value === null) return 'null';
  if (typeof value === 'string') return goQuote(value);
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  // Not `goStructJson`: a list that Go has as nil says so itself (`toJSON`).
  return htmlSafe(JSON.stringify(value));
}

/** Printable ASCII without what is escaped. */
const plainlyQuoted = /^[ !#-[\]-~]*$/;

/** Go's `%q` for the text that manifests contain. */
export function goQuote(text: string): string {
  if (plainlyQuoted.test(text)) return `"${text}"`;
  let out = '"';
  for (const char of text) {
    const code = char.codePointAt(0) ?? 0;
    if (char === '"' || char === '\\') out += `\\${char}`;
    else if (char === '\n') out += '\\n';
    else if (char === '\t') out += '\\t';
    else if (char === '\r') out += '\\r';
    else if (code < 0x20 || code === 0x7f) out += `\\x${code.toString(16).padStart(2, '0')}`;
    // What Go's unicode.IsPrint refuses: controls, invisible marks, and every space but the plain one.
    else if (/[\p{C}\p{Z}]/u.test(char) && char !== ' ') out += `\\u${code.toString(16).padStart(4, '0')}`;
    else out += char;
  }
  return `${out}"`;
}

function detailed(head: string, detail: string | undefined): string {
  return detail ? `${head}: ${detail}` : head;
}

/** `Required value`: a field that must be there. */
export function required(path: Path, detail?: string): FieldError {
  return { field: String(path), reason: 'FieldValueRequired', body: detailed('Required value', detail) };
}

/** `Invalid value: …`: prints the value as Go writes it down. */
export function invalid(path: Path, value: unknown, detail: string): FieldError {
  const body = detailed(`Invalid value: ${goValue(value)}`, detail);
  return { field: String(path), reason: 'FieldValueInvalid', body };
}

/** An invalid value that upstream does not print. */
export function invalidWithout(path: Path, detail: string): FieldError {
  return { field: String(path), reason: 'FieldValueInvalid', body: `Invalid value: ${detail}` };
}

/** `Forbidden`: a field that must not be there, or not be so. */
export function forbidden(path: Path, detail: string): FieldError {
  return { field: String(path), reason: 'FieldValueForbidden', body: detailed('Forbidden', detail) };
}

/** `Duplicate value: …`: the same stands in the list before. */
export function duplicate(path: Path, value: unknown, detail?: string): FieldError {
  const body = detailed(`Duplicate value: ${goValue(value)}`, detail);
  return { field: String(path), reason: 'FieldValueDuplicate', body };
}

/** `Not found: …`: names something that is not there. */
export function notFound(path: Path, value: unknown, detail?: string): FieldError {
  return { field: String(path), reason: 'FieldValueNotFound', body: detailed(`Not found: ${goValue(value)}`, detail) };
}

/** What upstream reports when its own code fails on the value. */
export function internalError(path: Path, detail: string): FieldError {
  return { field: String(path), reason: 'InternalError', body: `Internal error: ${detail}` };
}

/** `supported` is printed in the order given; upstream sorts some lists and not others. */
export function notSupported(path: Path, value: unknown, supported: readonly string[]): FieldError {
  const list = supported.map((one) => goQuote(one)).join(', ');
  const body = `Unsupported value: ${goValue(value)}${supported.length > 0 ? `: supported values: ${list}` : ''}`;
  return { field: String(path), reason: 'FieldValueNotSupported', body };
}

/** `Too long`, counted in bytes. */
export function tooLong(path: Path, maxBytes: number): FieldError {
  return { field: String(path), reason: 'FieldValueTooLong', body: `Too long: may not be more than ${maxBytes} bytes` };
}

/** `Too many`, counted in items. */
export function tooMany(path: Path, actual: number, max: number): FieldError {
  return {
    field: String(path),
    reason: 'FieldValueTooMany',
    body: `Too many: ${actual}: must have at most ${max} items`,
  };
}
