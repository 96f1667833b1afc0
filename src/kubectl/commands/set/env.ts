import type { Container, EnvVar } from '@/kubernetes/api/generated/core-v1';
import type { Task } from '@/kubernetes/clock/task';
import type { CommandDefinition } from '../../command-tree';
import { KubectlError, throwAll } from '../../errors';
import { array, bool, slice, string } from '../../flags/flag';
import type { Invocation } from '../../invocation';
import { errorsOf, infosOf } from '../../resource/builder';
import { findMapping, mappingForBare } from '../../resource/mapping';
import { changePodSpecs, podSpecOf, selectContainers, setEntries, setFlags } from './template';

const keyRule =
  "a valid environment variable name must consist of alphabetic characters, digits, '_', '-', or '.', and must not start with a digit (e.g. 'my.env-name',  or 'MY_ENV.NAME',  or 'MyEnvName1', regex used for validation is '[-._a-zA-Z][-._a-zA-Z0-9]*')";

/** Upstream: kubectl/pkg/cmd/set/set_env.go. */
export const env: CommandDefinition = {
  name: 'env',
  short: 'Update environment variables on a pod template',
  usage: 'RESOURCE/NAME KEY_1=VAL_1 ... KEY_N=VAL_N',
  flags: [
    ...setFlags,
    string('containers', 'c', '*'),
    string('from'),
    string('prefix'),
    array('env', 'e'),
    slice('keys'),
    bool('list'),
    bool('resolve'),
    bool('overwrite', undefined, true),
  ],
  *run(invocation): Task<void> {
    const { flags } = invocation;
    const words = invocation.args.filter((word) => !word.includes('=') && !isRemoval(word));
    const pairs = [...invocation.args.filter((word) => word.includes('=')), ...flags.list('env')];
    const remove = invocation.args
      .filter((word) => !word.includes('=') && isRemoval(word))
      .map((word) => word.slice(0, -1));
    const add = [...fromObject(invocation), ...pairs.map(variable)];
    const entries = setEntries(invocation, words);
    if (flags.bool('list')) {
      throwAll(errorsOf(entries));
      list(invocation, entries);
      return;
    }
    if (add.length === 0 && remove.length === 0) {
      throw new KubectlError('at least one environment variable must be provided');
    }
    yield* changePodSpecs(invocation, entries, 'env', (spec) => {
      for (const container of selectContainers(spec, flags.string('containers')))
        change(container, add, remove, flags.bool('overwrite'));
    });
  },
};

function isRemoval(word: string): boolean {
  return word.endsWith('-') && !word.includes('/') && word.length > 1;
}

function variable(pair: string): EnvVar {
  const equals = pair.indexOf('=');
  const name = pair.slice(0, equals);
  if (!/^[-._a-zA-Z][-._a-zA-Z0-9]*$/.test(name))
    throw new KubectlError(`"${name}" is not a valid key name: ${keyRule}`);
  return { name, value: pair.slice(equals + 1) };
}

function change(container: Container, add: readonly EnvVar[], remove: readonly string[], overwrite: boolean): void {
  const old = container.env ?? [];
  const kept = old.filter((one) => !remove.includes(one.name));
  const next = kept.map((one) => {
    const found = add.find((other) => other.name === one.name);
    if (found && !overwrite)
      throw new KubectlError(`'${one.name}' already has a value (${one.value ?? ''}), and --overwrite is false`);
    return found ?? one;
  });
  next.push(...add.filter((one) => !kept.some((other) => other.name === one.name)));
  if (next.length === 0) delete container.env;
  else container.env = next;
}

/** `--from=configmap/settings`: one variable for every key. */
function fromObject(invocation: Invocation): EnvVar[] {
  const { flags } = invocation;
  const from = flags.string('from');
  if (from === '') return [];
  const [type = '', name = ''] = from.split('/');
  const mapping = findMapping(type, invocation.minor) ?? mappingForBare(type, invocation.minor);
  const { data } = invocation.request('get', mapping, { namespace: invocation.namespace, name }) as { data?: object };
  const wanted = flags.list('keys');
  return Object.keys(data ?? {})
    .sort()
    .filter((key) => wanted.length === 0 || wanted.includes(key))
    .map((key) => {
      const reference = { name, key };
      const valueFrom = mapping.kind === 'Secret' ? { secretKeyRef: reference } : { configMapKeyRef: reference };
      return { name: `${flags.string('prefix')}${key.toUpperCase().replace(/[^A-Z0-9_]/g, '_')}`, valueFrom };
    });
}

function list(invocation: Invocation, entries: ReturnType<typeof setEntries>): void {
  for (const { object, mapping, name } of infosOf(entries)) {
    const spec = podSpecOf(object);
    if (!spec) continue;
    for (const container of selectContainers(spec, invocation.flags.string('containers'))) {
      invocation.out(`# ${mapping.kind} ${name}, container ${container.name}\n`);
      for (const one of container.env ?? []) {
        const { fieldRef, configMapKeyRef, secretKeyRef } = one.valueFrom ?? {};
        if (fieldRef) invocation.out(`# ${one.name} from field path ${fieldRef.fieldPath}\n`);
        else if (configMapKeyRef)
          invocation.out(`# ${one.name} from configmap ${configMapKeyRef.name ?? ''}, key ${configMapKeyRef.key}\n`);
        else if (secretKeyRef)
          invocation.out(`# ${one.name} from secret ${secretKeyRef.name ?? ''}, key ${secretKeyRef.key}\n`);
        else invocation.out(`${one.name}=${one.value ?? ''}\n`);
      }
    }
  }
}
