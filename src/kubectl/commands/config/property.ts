import type { JsonObject } from '@/kubernetes/api/object';
import { encodeBase64 } from '@/kubernetes/api/base64';
import { base64Problem } from '@/kubernetes/apiserver/decode/special-values';
import type { Task } from '@/kubernetes/clock/task';
import { KubectlError } from '../../errors';
import { boolOf } from '../../flags/parse-value';
import type { Invocation } from '../../invocation';
import type { Kubeconfig, entryKinds } from '../../kubeconfig';
import { entryFields, tidy } from './fields';
import { configOf, save, unexpectedArgs } from './file';

type EntryKind = keyof typeof entryKinds;

/** A place in a kubeconfig: the current context, a list of entries, an entry, or a field of one. */
type Place = { readonly kind: 'current-context' | EntryKind; readonly name?: string; readonly field?: string };

/** Upstream: config/navigation_step_parser.go. A name may hold dots: it ends where a field of the entry is named. */
function placeOf(property: string): Place {
  const [first = '', ...rest] = property.split('.');
  if (first === 'current-context') {
    if (rest.length > 0) throw new KubectlError(`unable to parse one or more field values of ${property}`);
    return { kind: first };
  }
  if (first !== 'clusters' && first !== 'contexts' && first !== 'users') {
    throw new KubectlError(`unable to parse ${property} after [] at api.Config`);
  }
  if (rest.length === 0) return { kind: first };
  const at = rest.findIndex((word, i) => i > 0 && entryFields[first].has(word));
  if (at < 0) return { kind: first, name: rest.join('.') };
  if (at < rest.length - 1) throw new KubectlError(`unable to parse one or more field values of ${property}`);
  const [field] = rest.slice(at);
  return { kind: first, name: rest.slice(0, at).join('.'), ...(field === undefined ? {} : { field }) };
}

/** Upstream: config/set.go. */
export function* setProperty(invocation: Invocation): Task<void> {
  const { args } = invocation;
  const [property = '', value = ''] = args;
  if (args.length !== 2) throw unexpectedArgs(invocation);
  if (value === '') throw new KubectlError('you cannot use set to unset a property');
  if (property === '') throw new KubectlError('you must specify a property');
  const config = configOf(invocation);
  const { kind, name, field } = placeOf(property);
  if (kind === 'current-context') save(invocation, { ...config, current: value });
  else {
    if (name === undefined || field === undefined) {
      throw new KubectlError(`can't set a map to a value: map[${[...config[kind].keys()].sort().join(' ')}]`);
    }
    const next = { ...config[kind].get(name), [field]: valueOf(invocation, kind, field, value) };
    save(invocation, withEntry(config, kind, name, next));
  }
  invocation.out(`Property "${property}" set.\n`);
}

function valueOf({ flags }: Invocation, kind: EntryKind, field: string, value: string): string | boolean {
  switch (entryFields[kind].get(field)) {
    case 'bool': {
      const read = boolOf(value);
      if (read === undefined) {
        throw new KubectlError(`strconv.ParseBool: parsing ${JSON.stringify(value)}: invalid syntax`);
      }
      return read;
    }
    case 'bytes': {
      if (flags.bool('set-raw-bytes')) return encodeBase64(value);
      const at = base64Problem(value);
      if (at === undefined) return value;
      throw new KubectlError(`error decoding input value: illegal base64 data at input byte ${at}`);
    }
    case 'other':
      throw new KubectlError(`unrecognized slice type. ${field}`);
    default:
      return value;
  }
}

/** Upstream: config/unset.go. */
export function* unsetProperty(invocation: Invocation): Task<void> {
  const { args } = invocation;
  const [property = ''] = args;
  if (args.length !== 1) throw unexpectedArgs(invocation);
  if (property === '') throw new KubectlError('you must specify a property');
  const config = configOf(invocation);
  const { kind, name, field } = placeOf(property);
  if (kind === 'current-context') save(invocation, { ...config, current: '' });
  else if (name === undefined) save(invocation, { ...config, [kind]: new Map() });
  else if (field === undefined) {
    save(invocation, { ...config, [kind]: new Map([...config[kind]].filter(([one]) => one !== name)) });
  } else {
    const entry = config[kind].get(name);
    if (!entry) throw new KubectlError(`current map key \`${name}\` is invalid`);
    save(invocation, withEntry(config, kind, name, { ...entry, [field]: undefined }));
  }
  invocation.out(`Property "${property}" unset.\n`);
}

function withEntry(config: Kubeconfig, kind: EntryKind, name: string, entry: JsonObject): Kubeconfig {
  return { ...config, [kind]: new Map([...config[kind], [name, tidy(kind, entry)]]) };
}
