import { isObject, type JsonObject } from '../../api/object';
import type { GoField, GoType } from '../schema/go-type';

/** A field that holds nothing: once the object is stored it is written as `null`, or not at all. */
export interface NilField {
  readonly owner: JsonObject;
  readonly field: string;
  readonly omit: boolean;
}

/** Writes the value of one field as encoding/json would: or not at all. */
export type FieldWriter = (owner: JsonObject, value: unknown, nils: NilField[]) => void;

/** Lists that upstream's defaults leave alone when they are there and empty; all others count as not there. */
const tellsEmptyFromNone: ReadonlySet<string> = new Set(['v2.HPAScalingRules.policies']);

/** The writer of a field of a struct, which `struct` names as Go prints it. */
export function writerOf({ name, type, omitEmpty, omitZero }: GoField, struct: string): FieldWriter {
  switch (type.kind) {
    case 'struct':
      return (owner, value) => {
        owner[name] = value;
      };
    case 'slice': {
      const keepsEmpty = tellsEmptyFromNone.has(`${struct}.${name}`);
      return (owner, value, nils) => {
        if (Array.isArray(value) && value.length > 0) owner[name] = value;
        else if (value !== undefined && (keepsEmpty || !omitEmpty))
          writeEmpty(owner, name, value, keepsEmpty && omitEmpty, nils);
        else if (!omitEmpty) writeEmpty(owner, name, nilList(), false, nils);
      };
    }
    case 'map':
      return (owner, value, nils) => {
        // Rules tell an empty map from none; both are left out in the end.
        if (isObject(value) && isEmptyObject(value)) writeEmpty(owner, name, value, omitEmpty, nils);
        else writeOrNote(owner, name, value, omitEmpty, nils);
      };
    case 'special':
      return (owner, value, nils) =>
        writeOrNote(owner, name, omitZero && value === null ? undefined : value, omitEmpty, nils);
    case 'pointer':
      return (owner, value, nils) => writeOrNote(owner, name, value, omitEmpty, nils);
    default:
      return (owner, value, nils) => {
        const left = omitEmpty && (value === '' || value === 0 || value === false);
        writeOrNote(owner, name, left ? undefined : value, omitEmpty, nils);
      };
  }
}

function writeOrNote(owner: JsonObject, name: string, value: unknown, omitEmpty: boolean, nils: NilField[]): void {
  if (value !== undefined) owner[name] = value;
  else if (!omitEmpty) nils.push({ owner, field: name, omit: false });
}

function writeEmpty(owner: JsonObject, name: string, value: unknown, omit: boolean, nils: NilField[]): void {
  owner[name] = value;
  nils.push({ owner, field: name, omit });
}

function isEmptyObject(value: JsonObject): boolean {
  for (const _ in value) return false;
  return true;
}

/** What a type holds that was given nothing; undefined where Go's is nil. */
export function zero({ kind }: GoType): unknown {
  switch (kind) {
    case 'string':
      return '';
    case 'bool':
      return false;
    case 'int':
    case 'float64':
      return 0;
    default:
      return undefined;
  }
}

/** A list that Go holds as nil: empty to all who look at it, `null` in the texts of validation. */
function nilList(): unknown[] {
  const list: unknown[] = [];
  const toJSON = () => (list.length === 0 ? null : [...list]);
  return Object.defineProperty(list, 'toJSON', { value: toJSON, enumerable: false });
}
