import type { Container, EnvVar, PodSpec } from '@/kubernetes/api/generated/core-v1';
import type { JsonObject } from '@/kubernetes/api/object';
import { findResource } from '@/kubernetes/api/registry';
import type { Task } from '@/kubernetes/clock/task';
import type { CommandDefinition } from '../../command-tree';
import { KubectlError, StatusError, throwAll } from '../../errors';
import { array, bool, slice, string } from '../../flags/flag';
import type { Invocation } from '../../invocation';
import { errorsOf, hasFiles, infosOf, namedEntries } from '../../resource/builder';
import type { Info } from '../../resource/info';
import { isVariableName, variableRule } from '../create/data-sources';
import { changePodSpecs, podSpecOf, refuseLocalOnServer, selectContainers, setFlags, setInfos } from './template';

/** Upstream: kubectl/pkg/cmd/set/set_env.go. */
export const env: CommandDefinition = {
  name: 'env',
  short: 'Update environment variables on a pod template',
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
    const { words, pairs } = split(invocation.args);
    validate(invocation, words);
    const { set, remove } = readVariables(invocation, [...flags.list('env'), ...pairs]);
    const prefix = flags.string('prefix');
    const add = [...set, ...fromObject(invocation)].map((one) => ({ ...one, name: `${prefix}${one.name}` }));
    const infos = setInfos(invocation, words);
    if (flags.bool('list')) {
      for (const info of infos) list(invocation, info);
      return;
    }
    const setting = { word: 'env', failure: 'failed to patch env update to pod template: ' };
    changePodSpecs(invocation, infos, setting, (spec, info) => {
      const chosen = selected(invocation, spec, info);
      for (const container of chosen) change(container, add, remove, flags.bool('overwrite'));
      return [];
    });
  },
};

/** Upstream: set_env.go `Complete`, env/env_parse.go `SplitEnvironmentFromResources`. */
function split(args: readonly string[]): { words: string[]; pairs: string[] } {
  const isPair = (word: string) => /^.+=/s.test(word) || word.endsWith('-');
  const first = args.findIndex(isPair);
  if (first < 0) return { words: [...args], pairs: [] };
  if (args.slice(first).some((word) => !isPair(word))) {
    throw new KubectlError(`all resources must be specified before environment changes: ${args.join(' ')}`);
  }
  return { words: args.slice(0, first), pairs: args.slice(first) };
}

function validate(invocation: Invocation, words: readonly string[]): void {
  const { flags } = invocation;
  if (flags.bool('all') && flags.string('selector') !== '') {
    throw new KubectlError('cannot set --all and --selector at the same time');
  }
  refuseLocalOnServer(invocation);
  if (!hasFiles(invocation) && words.length === 0) {
    throw new KubectlError('one or more resources must be specified as <resource> <name> or <resource>/<name>');
  }
  if (flags.bool('list') && flags.string('output') !== '') {
    throw new KubectlError('--list and --output may not be specified together');
  }
  if (flags.list('keys').length > 0 && flags.string('from') === '') {
    throw new KubectlError('when specifying --keys, a configmap or secret must be provided with --from');
  }
}

/** `A=b`, `A-`, and `-` for standard input. Upstream: env/env_parse.go `parseIntoEnvVar`. */
function readVariables(invocation: Invocation, pairs: readonly string[]): { set: EnvVar[]; remove: string[] } {
  const set: EnvVar[] = [];
  const remove: string[] = [];
  const variable = (pair: string): EnvVar => {
    const equals = pair.indexOf('=');
    return { name: pair.slice(0, equals), value: pair.slice(equals + 1) };
  };
  const named: string[] = [];
  for (const pair of pairs) {
    if (pair === '-') {
      const lines = invocation.context.stdin.split('\n').map((line) => line.replace(/#.*$/, ''));
      set.push(...lines.filter((line) => line.includes('=')).map(variable));
    } else if (pair.includes('=')) {
      const one = variable(pair);
      if (!isVariableName(one.name)) throw new KubectlError(`"${one.name}" is not a valid key name: ${variableRule}`);
      named.push(one.name);
      set.push(one);
    } else if (pair.endsWith('-')) remove.push(pair.slice(0, -1));
    else throw new KubectlError(`unknown environment variable: ${pair}`);
  }
  if (remove.some((name) => named.includes(name))) {
    throw new KubectlError('can not both modify and remove the same environment variable in the same command');
  }
  return { set, remove };
}

function selected(invocation: Invocation, spec: PodSpec, { mapping, name }: Info): Container[] {
  const pattern = invocation.flags.string('containers');
  const chosen = selectContainers(spec, pattern);
  if (chosen.length === 0) {
    invocation.err(
      `Warning: ${mapping.kind}/${name} does not have any containers matching ${JSON.stringify(pattern)}\n`,
    );
  }
  return chosen;
}

/** Upstream: set/helper.go `updateEnv`, set_env.go `validateNoOverwrites`. */
function change(container: Container, add: readonly EnvVar[], remove: readonly string[], overwrite: boolean): void {
  const old = container.env ?? [];
  for (const one of overwrite ? [] : add) {
    const current = old.find((other) => other.name === one.name);
    if (current && (current.value ?? '') !== (one.value ?? '')) {
      throw new KubectlError(`'${one.name}' already has a value (${current.value ?? ''}), and --overwrite is false`);
    }
  }
  const kept = old.filter((one) => !remove.includes(one.name));
  const next = kept.map((one) => add.find((other) => other.name === one.name) ?? one);
  next.push(...add.filter((one) => !remove.includes(one.name) && !kept.some((other) => other.name === one.name)));
  if (next.length === 0) delete container.env;
  else container.env = next;
}

/** `--from=configmap/settings`: one variable for every key. Upstream: set_env.go `RunEnv`, `keyToEnvName`. */
function fromObject(invocation: Invocation): EnvVar[] {
  const { flags } = invocation;
  const from = flags.string('from');
  if (from === '') return [];
  const entries = namedEntries(invocation, {
    words: [from],
    selector: flags.string('selector'),
    all: flags.bool('all'),
  });
  throwAll(errorsOf(entries));
  const wanted = flags.list('keys');
  return infosOf(entries).flatMap(({ object, mapping, name }) => {
    if (mapping.kind !== 'Secret' && mapping.kind !== 'ConfigMap') {
      throw new KubectlError('unsupported resource specified in --from');
    }
    const { data = {} } = object as { data?: JsonObject }; // as both kinds have it
    const keys = Object.keys(data).sort();
    return keys
      .filter((key) => wanted.length === 0 || wanted.includes(key))
      .map((key): EnvVar => {
        const reference = { name, key };
        const valueFrom = mapping.kind === 'Secret' ? { secretKeyRef: reference } : { configMapKeyRef: reference };
        return { name: envName(invocation, key), valueFrom };
      });
  });
}

function envName(invocation: Invocation, key: string): string {
  const name = key.replace(/[^A-Za-z0-9_]/g, '_').toUpperCase();
  if (name !== key) invocation.err(`Warning: key ${key} transferred to ${name}\n`);
  return name;
}

function list(invocation: Invocation, info: Info): void {
  const spec = podSpecOf(info.object);
  for (const container of spec ? selected(invocation, spec, info) : []) {
    invocation.out(`# ${info.mapping.kind} ${info.name}, container ${container.name}\n`);
    for (const one of container.env ?? []) {
      const resolved = invocation.flags.bool('resolve') ? resolve(invocation, one) : undefined;
      const value = one.valueFrom ? resolved : (one.value ?? '');
      invocation.out(value === undefined ? `# ${one.name} from ${referenceText(one)}\n` : `${one.name}=${value}\n`);
    }
  }
}

/** Upstream: env/env_resolve.go `GetEnvVarRefString`. */
function referenceText({ valueFrom = {} }: EnvVar): string {
  const { fieldRef, configMapKeyRef, secretKeyRef, resourceFieldRef } = valueFrom;
  if (fieldRef) return `field path ${fieldRef.fieldPath}`;
  if (configMapKeyRef) return `configmap ${configMapKeyRef.name ?? ''}, key ${configMapKeyRef.key}`;
  if (secretKeyRef) return `secret ${secretKeyRef.name ?? ''}, key ${secretKeyRef.key}`;
  if (!resourceFieldRef) return 'invalid valueFrom';
  const { containerName = '', resource } = resourceFieldRef;
  return containerName ? `resource field ${containerName}, ${resource}` : `resource field ${resource}`;
}

/** The value behind a reference to a ConfigMap or Secret; undefined where there is none. */
function resolve(invocation: Invocation, { valueFrom = {} }: EnvVar): string | undefined {
  const { configMapKeyRef, secretKeyRef } = valueFrom;
  const reference = configMapKeyRef ?? secretKeyRef;
  const mapping = findResource(configMapKeyRef ? 'configmaps' : 'secrets', '');
  if (!reference || !mapping) return undefined;
  try {
    const { namespace } = invocation;
    const found = invocation.request('get', mapping, { namespace, name: reference.name ?? '' });
    const value = (found as { data?: JsonObject }).data?.[reference.key]; // as both kinds have it
    if (typeof value !== 'string') return undefined;
    return secretKeyRef ? atob(value) : value;
  } catch (error) {
    if (error instanceof StatusError) return undefined;
    throw error;
  }
}
