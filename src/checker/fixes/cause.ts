import { isObject, type JsonObject } from '@/kubernetes/api/object';
import type { FieldPath } from '@/manifest/manifest';
import { type Change, type Proposal, valueAt } from '../change';
import { quotedValue } from '../place';

interface Cause {
  readonly reason: string;
  readonly path: FieldPath;
  readonly message: string;
}

/** Looks at one cause of a refusal and the value it is about. */
type Mender = (cause: Cause, value: unknown) => Proposal | undefined;

const set = (title: string, path: FieldPath, value: unknown): Proposal => ({
  title,
  safe: false,
  changes: [{ kind: 'set', path, value }],
});

/** An enum value in the wrong case. */
const wrongCase: Mender = ({ path, message }, value) => {
  const said = quotedValue(message);
  const list = message.slice(message.indexOf('supported values: '));
  if (typeof said !== 'string' || said !== valueAt(value, path)) return undefined;
  const meant = [...list.matchAll(/"([^"\\]*)"/g)].filter(([, one]) => one?.toLowerCase() === said.toLowerCase());
  const [, only = ''] = meant.length === 1 ? (meant[0] ?? []) : [];
  return only === '' ? undefined : set(`Write ${only}`, path, only);
};

const equalPorts: Mender = ({ path }, value) => {
  const port = valueAt(value, [...path.slice(0, -1), 'containerPort']);
  return typeof port === 'number' ? set(`Set hostPort to ${port}`, path, port) : undefined;
};

/** The next free name of a port: `http-2`. */
const freePortName: Mender = ({ path }, value) => {
  const ports = valueAt(value, path.slice(0, -2));
  const name = valueAt(value, path);
  if (path.at(-1) !== 'name' || path.at(-3) !== 'ports' || !Array.isArray(ports) || typeof name !== 'string')
    return undefined;
  const taken = ports.map((port: unknown) => valueAt(port, ['name']));
  for (let i = 2; i <= ports.length + 1; i++) {
    const free = `${name}-${i}`;
    // An IANA service name has at most 15 characters.
    if (!taken.includes(free)) return free.length <= 15 ? set(`Name it ${free}`, path, free) : undefined;
  }
  return undefined;
};

const missing: Mender = (cause, value) => {
  const { path } = cause;
  const owner = valueAt(value, path.slice(0, -1));
  const last = path.at(-1);
  if (last === 'protocol') return set('Add protocol: TCP', path, 'TCP');
  if (last === 'selector') return selectorOfLabels(path, value);
  if (last !== 'name' || typeof path.at(-2) !== 'number' || !isObject(owner)) return undefined;
  const list = valueAt(value, path.slice(0, -2));
  const name = path.at(-3) === 'ports' ? portName(owner) : containerName(owner);
  const taken = Array.isArray(list) && list.some((one: unknown) => valueAt(one, ['name']) === name);
  return name === undefined || taken ? undefined : set(`Add name: ${name}`, path, name);
};

/** The port of a Service: `tcp-80`. */
function portName({ port, protocol }: JsonObject): string | undefined {
  const transport = typeof protocol === 'string' ? protocol.toLowerCase() : 'tcp';
  return typeof port === 'number' ? `${transport}-${port}` : undefined;
}

/** A container is named after its image, where that makes a name. */
function containerName({ image }: JsonObject): string | undefined {
  const name = typeof image === 'string' ? (/([^/:@]+)(?:[:@][^/]*)?$/.exec(image)?.[1] ?? '') : '';
  return /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/.test(name) ? name : undefined;
}

function selectorOfLabels(path: FieldPath, value: unknown): Proposal | undefined {
  const labels = valueAt(value, [...path.slice(0, -1), 'template', 'metadata', 'labels']);
  if (valueAt(value, path) !== undefined || !isObject(labels) || Object.keys(labels).length === 0) return undefined;
  return set("Select the template's labels", path, { matchLabels: labels });
}

/** The template gets the labels that are selected; the selector itself cannot be changed later. */
const matchingLabels: Mender = ({ path }, value) => {
  const selectorPath = [...path.slice(0, -3), 'selector'];
  const selector = valueAt(value, selectorPath);
  if (selector === undefined) return selectorOfLabels(selectorPath, value);
  const wanted = valueAt(selector, ['matchLabels']);
  if (!isObject(wanted) || valueAt(selector, ['matchExpressions']) !== undefined) return undefined;
  const labels = valueAt(value, path);
  const title = 'Give the template the labels that are selected';
  if (!isObject(labels)) return set(title, path, wanted);
  const changes: Change[] = Object.entries(wanted)
    .filter(([key, label]) => labels[key] !== label)
    .map(([key, label]) => ({ kind: 'set', path: [...path, key], value: label }));
  return changes.length > 0 ? { title, safe: false, changes } : undefined;
};

/** By reason, and by the words where one reason has several. */
const menders: readonly { readonly reason: string; readonly words?: string; readonly mend: Mender }[] = [
  { reason: 'FieldValueNotSupported', mend: wrongCase },
  { reason: 'FieldValueInvalid', words: 'must match `containerPort` when `hostNetwork` is true', mend: equalPorts },
  { reason: 'FieldValueInvalid', words: '`selector` does not match template `labels`', mend: matchingLabels },
  { reason: 'FieldValueDuplicate', mend: freePortName },
  { reason: 'FieldValueRequired', mend: missing },
];

/** The one change that answers a cause of the server's refusal, where there is one. */
export function mendCause(cause: Cause, value: unknown): Proposal | undefined {
  const known = menders.find(({ reason, words }) => reason === cause.reason && cause.message.includes(words ?? ''));
  return known?.mend(cause, value);
}
