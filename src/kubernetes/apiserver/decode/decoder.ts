import type { JsonObject } from '../../api/object';
import type { DecoderFacts } from '../../api/versions/decoder-facts';
import type { GoStruct } from '../schema/go-type';
import { type Dialect, jsonDialect } from './dialect';
import type { NilField } from './field-writer';
import { readStruct } from './readers';
import { Abort, type DecodePath, Reading } from './reading';

export type { NilField } from './field-writer';
export type { DecodePath } from './reading';

export type Decoded =
  | {
      readonly ok: true;
      /** The object as Go would write it again: absent where Go leaves out, `{}` where it does not. */
      readonly object: JsonObject;
      /** `unknown field "spec.hostNetwrok"`, in the order of the body, each once. */
      readonly strict: readonly string[];
      /** Where each of them stands. */
      readonly strictPaths: readonly DecodePath[];
      readonly nils: readonly NilField[];
    }
  | {
      readonly ok: false;
      readonly error: string;
      /** Where the value stands that does not fit. */
      readonly path: DecodePath;
    };

/** Upstream lists no more strict errors than this. sigs.k8s.io/json `kubernetes_patch.go` */
const strictLimit = 100;

/**
 * Reads JSON into a Go type as the server does: names are case-sensitive, `null` is nothing, and a wrong type hides
 * unknown fields. The result is a fresh value.
 */
export function decode(body: JsonObject, type: GoStruct, facts: DecoderFacts, dialect = jsonDialect): Decoded {
  const result = run(body, type, facts, dialect, false);
  // Which error comes first depends on the order of keys, and clients send them sorted.
  return result.ok ? result : run(body, type, facts, dialect, true);
}

function run(body: JsonObject, type: GoStruct, facts: DecoderFacts, dialect: Dialect, sorted: boolean): Decoded {
  const reading = new Reading(type, facts, dialect, sorted);
  try {
    const object = readStruct(body, type, reading);
    if (reading.firstError !== undefined) return { ok: false, ...reading.firstError };
    const strict = [...reading.strict].slice(0, strictLimit);
    return {
      ok: true,
      object,
      strict: strict.map(([text]) => text),
      strictPaths: strict.map(([, path]) => path),
      nils: reading.nils,
    };
  } catch (error) {
    if (error instanceof Abort) return { ok: false, error: error.message, path: reading.path };
    throw error;
  }
}
