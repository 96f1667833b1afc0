// Upstream: pkg/apis/resource/validation/validation.go
import { dyn } from '../../cel/check';
import { compile } from '../../cel/program';
import { CelError } from '../../cel/source';
import { validateCsiDriverName } from '../core/pod-spec/validation/volumes/storage';
import { oneOf, requiredOneOf } from '../core/pod-spec/validation/supported';
import { duplicate, type FieldError, invalid, type Path, required, tooLong, tooMany } from '../field-error';
import type { DeviceSelector, DeviceToleration, OpaqueDeviceConfiguration } from '../generated/resource-v1';
import { complaints, validateLabelName } from '../meta/labels';
import { byteLength, labelValueErrors, regexText } from '../meta/names';
import { isObject } from '../object';

const deviceTaintEffects = ['NoExecute', 'NoSchedule', 'None'];
const longestExpression = 10 * 1024;
const longestParameters = 10 * 1024;
const longestIdentifier = 32;
const mostSelectors = 32;

/** Every item, unless there are too many of them. */
export function validateSlice<T>(
  items: readonly T[] | undefined,
  most: number,
  judge: (item: T, at: Path) => FieldError[],
  path: Path,
): FieldError[] {
  const list = items ?? [];
  if (list.length > most) return [tooMany(path, list.length, most)];
  return list.flatMap((item, i) => judge(item, path.index(i)));
}

/** The same of items that may be there once only, by their keys. */
export function validateSet<T>(
  items: readonly T[] | undefined,
  most: number,
  judge: (item: T, at: Path) => FieldError[],
  keyOf: (item: T) => string,
  path: Path,
): FieldError[] {
  const list = items ?? [];
  const errors = validateSlice(list, most, judge, path);
  if (list.length > most) return errors;
  const keys = list.map(keyOf);
  return [...errors, ...keys.flatMap((key, i) => (keys.indexOf(key) < i ? [duplicate(path.index(i), key)] : []))];
}

/** Upstream: staging/src/k8s.io/dynamic-resource-allocation/cel/compile.go. Any field of a device may be asked for. */
function refusalOf(expression: string): string | undefined {
  try {
    const { name } = compile(expression, new Map([['device', dyn]])).type;
    return name === 'bool' || name === dyn.name ? undefined : `must evaluate to bool or the unknown type, not ${name}`;
  } catch (error) {
    if (error instanceof CelError) return `compilation failed: ${error.message}`;
    throw error;
  }
}

/** What a device has to be like. */
export function validateSelectors(selectors: readonly DeviceSelector[] | undefined, path: Path): FieldError[] {
  const judge = ({ cel }: DeviceSelector, at: Path) => {
    if (!cel) return [required(at.child('cel'))];
    const { expression = '' } = cel;
    const where = at.child('cel', 'expression');
    if (byteLength(expression) > longestExpression) return [tooLong(where, longestExpression)];
    const why = refusalOf(expression);
    return why === undefined ? [] : [invalid(where, expression, why)];
  };
  return validateSlice(selectors, mostSelectors, judge, path);
}

/** Settings that only the driver of a device understands. */
export function validateOpaque(opaque: OpaqueDeviceConfiguration | undefined, path: Path): FieldError[] {
  if (!opaque) return [required(path)];
  const { driver = '', parameters } = opaque;
  const at = path.child('parameters');
  const errors = validateCsiDriverName(driver, path.child('driver'));
  if (parameters === undefined || parameters === null) return [...errors, required(at)];
  if (byteLength(JSON.stringify(parameters)) > longestParameters) return [...errors, tooLong(at, longestParameters)];
  return isObject(parameters) ? errors : [...errors, invalid(at, '<value omitted>', 'must be a valid JSON object')];
}

export function validateDeviceToleration(toleration: DeviceToleration, path: Path): FieldError[] {
  const { key, operator = '', value = '', effect } = toleration;
  const errors = key ? validateLabelName(key, path.child('key')) : [];
  const at = path.child('value');
  if (operator === 'Exists') {
    if (value) errors.push(invalid(at, value, 'must be empty for operator `Exists`'));
  } else if (operator === 'Equal') errors.push(...complaints(labelValueErrors, at, value));
  else errors.push(...requiredOneOf(operator, ['Equal', 'Exists'], path.child('operator')));
  return effect ? [...errors, ...oneOf(effect, deviceTaintEffects, path.child('effect'))] : errors;
}

const identifier = '[A-Za-z_][A-Za-z0-9_]*';
const identifierText =
  "a valid C identifier must start with alphabetic character or '_', followed by a string of alphanumeric characters or '_'";

function identifierErrors(name: string): string[] {
  const fits = new RegExp(`^${identifier}$`).test(name);
  return fits ? [] : [regexText(identifierText, identifier, 'my_name', 'MY_NAME', 'MyName')];
}

/** `example.com/model`, or without a domain: the driver's own. */
export function validateQualifiedName(name: string, path: Path): FieldError[] {
  const parts = name.split('/');
  const [first = '', second] = parts;
  const id = (text: string) => [
    ...(byteLength(text) > longestIdentifier ? [tooLong(path, longestIdentifier)] : []),
    ...complaints(identifierErrors, path, text),
  ];
  if (parts.length > 2) return [];
  if (second === undefined) return id(first);
  return [
    ...(first === '' ? [invalid(path, '', 'the domain must not be empty')] : validateCsiDriverName(first, path)),
    ...(second === '' ? [invalid(path, '', 'the name must not be empty')] : id(second)),
  ];
}

export function validateFullyQualifiedName(name: string, path: Path): FieldError[] {
  const text = 'a fully qualified name must be a domain and a name separated by a slash';
  return [...validateQualifiedName(name, path), ...(name.includes('/') ? [] : [invalid(path, name, text)])];
}
