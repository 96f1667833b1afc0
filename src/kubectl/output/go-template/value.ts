import { isObject } from '@/kubernetes/api/object';
import { goValueText } from '../go-syntax';

/**
 * A value as Go's reflection sees it: what comes out of a map or a list is boxed (its static type is `interface {}`),
 * and `nil` is always boxed. An absent value, reflect's invalid one, is undefined.
 */
export type Value =
  | { readonly type: 'string'; readonly v: string; readonly boxed: boolean }
  | { readonly type: 'bool'; readonly v: boolean; readonly boxed: boolean }
  | { readonly type: 'int' | 'int64' | 'uint8' | 'float64'; readonly v: number; readonly boxed: boolean }
  | { readonly type: 'map'; readonly v: { readonly [key: string]: unknown }; readonly boxed: boolean }
  | { readonly type: 'slice'; readonly v: readonly unknown[]; readonly boxed: boolean }
  | { readonly type: 'nil'; readonly v: null; readonly boxed: true };

/** A JSON value as it lies in a map or a list: whole numbers are int64. */
export function boxed(json: unknown): Value {
  if (typeof json === 'string') return { type: 'string', v: json, boxed: true };
  if (typeof json === 'boolean') return { type: 'bool', v: json, boxed: true };
  if (typeof json === 'number') return { type: Number.isInteger(json) ? 'int64' : 'float64', v: json, boxed: true };
  if (Array.isArray(json)) return { type: 'slice', v: json, boxed: true };
  return isObject(json) ? { type: 'map', v: json, boxed: true } : { type: 'nil', v: null, boxed: true };
}

/** The value in the box; the box of nil is empty. */
export function unboxed(value: Value | undefined): Value | undefined {
  if (value === undefined || value.type === 'nil') return undefined;
  return value.boxed ? { ...value, boxed: false } : value;
}

/** A text of a Go variable. */
export function string(v: string): Value {
  return { type: 'string', v, boxed: false };
}

/** A truth value of a Go variable. */
export function bool(v: boolean): Value {
  return { type: 'bool', v, boxed: false };
}

/** An int of a Go variable. */
export function int(v: number): Value {
  return { type: 'int', v, boxed: false };
}

/** The Go name of a value's static type. */
export function typeName(value: Value): string {
  if (value.boxed) return 'interface {}';
  if (value.type === 'map') return 'map[string]interface {}';
  return value.type === 'slice' ? '[]interface {}' : value.type;
}

/** Upstream: text/template/exec.go `isTrue`. */
export function truth(value: Value | undefined): boolean {
  if (value === undefined) return false;
  if (value.type === 'map') return Object.values(value.v).some((one) => one !== undefined);
  return value.type === 'slice' ? value.v.length > 0 : Boolean(value.v);
}

/** A value as Go's `%v` prints it. */
export function text(value: Value | undefined): string {
  if (value?.type === 'float64' && value.v !== 0 && Math.abs(value.v) < 1e-4) {
    return value.v.toExponential().replace(/-(\d)$/, '-0$1');
  }
  return value === undefined ? '<nil>' : goValueText(value.v);
}

/** The bytes of a text in UTF-8, one character (below 256) each: Go cuts texts by bytes. */
export function bytesOf(value: string): string {
  return [...new TextEncoder().encode(value)].map((byte) => String.fromCharCode(byte)).join('');
}

/** The text that such bytes are. */
export function textOfBytes(bytes: string): string {
  return new TextDecoder().decode(Uint8Array.from(bytes, (c) => c.charCodeAt(0)));
}

/** Why a value is no text, for a function that wants one. Upstream: text/template/exec.go `validateType`. */
export function notText(value: Value | undefined): string | undefined {
  if (value === undefined) return 'invalid value; expected string';
  if (value.type === 'string') return undefined;
  const got = value.type === 'nil' ? 'interface {}' : typeName({ ...value, boxed: false });
  return `wrong type for value; expected string; got ${got}`;
}
