import { deepEqual, isObject } from '../../api/object';

/** A JSON patch that cannot be applied, in the words of upstream's library. */
export class JsonPatchError extends Error {}

/** RFC 6902. The arguments stay as they are. Error texts: github.com/evanphx/json-patch `patch.go`. */
export function jsonPatch(target: unknown, operations: readonly unknown[]): unknown {
  let document: unknown = structuredClone(target);
  for (const operation of operations) {
    if (!isObject(operation)) throw new JsonPatchError('Unexpected kind: unknown');
    document = apply(document, operation);
  }
  return document;
}

function apply(document: unknown, operation: { [field: string]: unknown }): unknown {
  const { op, path, from, value } = operation;
  if (typeof path !== 'string') throw new JsonPatchError(`${String(op)} operation missing path`);
  switch (op) {
    case 'add':
      return write(document, path, structuredClone(value ?? null), 'add');
    case 'replace':
      return write(document, path, structuredClone(value ?? null), 'replace');
    case 'remove':
      return write(document, path, undefined, 'remove');
    case 'test':
      if (!deepEqual(read(document, path, 'test') ?? null, value ?? null)) {
        throw new JsonPatchError(`testing value ${path} failed: test failed`);
      }
      return document;
    case 'move':
    case 'copy': {
      const moved = structuredClone(read(document, String(from), op) ?? null);
      const rest = op === 'move' ? write(document, String(from), undefined, 'remove') : document;
      return write(rest, path, moved, 'add');
    }
    default:
      throw new JsonPatchError(`Unexpected kind: ${String(op)}`);
  }
}

function steps(path: string): string[] {
  return path
    .split('/')
    .slice(1)
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));
}

function read(document: unknown, path: string, op: string): unknown {
  let value = document;
  for (const step of steps(path)) {
    if (Array.isArray(value)) value = value[indexOf(step, value.length, op, path)];
    else if (isObject(value)) value = value[step];
    else throw new JsonPatchError(`${op} operation does not apply: doc is missing path: ${path}: missing value`);
  }
  return value;
}

function write(document: unknown, path: string, value: unknown, op: 'add' | 'replace' | 'remove'): unknown {
  const all = steps(path);
  const last = all.pop();
  if (last === undefined) {
    throw new JsonPatchError(`${op} operation does not apply: doc is missing path: "${path}": missing value`);
  }
  const parent = read(document, all.map((step) => `/${step.replaceAll('~', '~0').replaceAll('/', '~1')}`).join(''), op);
  if (Array.isArray(parent)) writeItem(parent, last, value, op, path);
  else if (isObject(parent)) writeKey(parent, last, value, op, path);
  else throw new JsonPatchError(`${op} operation does not apply: doc is missing path: "${path}": missing value`);
  return document;
}

function writeItem(
  list: unknown[],
  step: string,
  value: unknown,
  op: 'add' | 'replace' | 'remove',
  path: string,
): void {
  if (op === 'add') list.splice(step === '-' ? list.length : indexOf(step, list.length + 1, op, path), 0, value);
  else if (op === 'replace') list[indexOf(step, list.length, op, path)] = value;
  else list.splice(indexOf(step, list.length, op, path), 1);
}

function writeKey(
  map: { [field: string]: unknown },
  step: string,
  value: unknown,
  op: 'add' | 'replace' | 'remove',
  path: string,
): void {
  // A key that is not there can be replaced: the library's look-up of a key never fails.
  if (op === 'remove' && !(step in map)) {
    throw new JsonPatchError(
      `remove operation does not apply: doc is missing path: "${path}": Unable to remove nonexistent key: ${step}: missing value`,
    );
  }
  if (op === 'remove') Reflect.deleteProperty(map, step);
  else map[step] = value;
}

function indexOf(step: string, length: number, op: string, path: string): number {
  const index = Number(step);
  if (!Number.isInteger(index))
    throw new JsonPatchError(
      `${op} operation does not apply: doc is missing path: "${path}": strconv.Atoi: parsing "${step}": invalid syntax`,
    );
  const from = index < 0 ? index + length : index;
  if (from < 0 || from >= length) {
    throw new JsonPatchError(
      `${op} operation does not apply: doc is missing path: "${path}": Unable to access invalid index: ${index}: invalid index referenced`,
    );
  }
  return from;
}
