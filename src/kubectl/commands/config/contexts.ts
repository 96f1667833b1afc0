import type { Task } from '@/kubernetes/clock/task';
import { KubectlError, throwAll } from '../../errors';
import type { Invocation } from '../../invocation';
import { text } from '../../kubeconfig';
import { printTable } from '../../output/table';
import { configOf, pathOf, save, unexpectedArgs } from './file';
import { tidy } from './fields';

/** Upstream: config/current_context.go. */
export function* currentContext(invocation: Invocation): Task<void> {
  const { current } = configOf(invocation);
  if (current === '') throw new KubectlError('current-context is not set');
  invocation.out(`${current}\n`);
}

/** Upstream: config/get_clusters.go, get_users.go. */
export function listNames(kind: 'clusters' | 'users') {
  return function* (invocation: Invocation): Task<void> {
    const names = [...configOf(invocation)[kind].keys()].sort();
    invocation.out(['NAME', ...names].map((line) => `${line}\n`).join(''));
  };
}

/** Upstream: config/get_contexts.go. */
export function* getContexts(invocation: Invocation): Task<void> {
  const { flags, args } = invocation;
  const { contexts, current } = configOf(invocation);
  const output = flags.string('output');
  if (output !== '' && output !== 'name') {
    throw new KubectlError(
      `--output ${output} is not available in kubectl config get-contexts; resetting to default output format`,
    );
  }
  const wanted = [...contexts].filter(([name]) => args.length === 0 || args.includes(name));
  const shown = wanted.sort(([a], [b]) => (a < b ? -1 : 1));
  if (output === 'name') invocation.out(shown.map(([name]) => `${name}\n`).join(''));
  else {
    const rows = shown.map(([name, { cluster, user, namespace }]) => [
      name === current ? '*' : '',
      name,
      ...[cluster, user, namespace].map(text),
    ]);
    const head = ['CURRENT', 'NAME', 'CLUSTER', 'AUTHINFO', 'NAMESPACE'];
    invocation.out(printTable(flags.bool('no-headers') ? rows : [head, ...rows]));
  }
  throwAll(args.filter((name) => !contexts.has(name)).map((name) => new KubectlError(`context ${name} not found`)));
}

/** Upstream: config/set_context.go. */
export function* setContext(invocation: Invocation): Task<void> {
  const { flags, args } = invocation;
  if (args.length > 1) throw unexpectedArgs(invocation);
  const [given = ''] = args;
  if (given === '' && !flags.bool('current')) {
    throw new KubectlError('you must specify a non-empty context name or --current');
  }
  if (given !== '' && flags.bool('current')) {
    throw new KubectlError('you cannot specify both a context name and --current');
  }
  const config = configOf(invocation);
  const name = given || config.current;
  if (name === '') throw new KubectlError('no current context is set');
  const old = config.contexts.get(name);
  const fields = ['cluster', 'user', 'namespace'].filter((field) => flags.changed(field));
  const next = { ...old, ...Object.fromEntries(fields.map((field) => [field, flags.string(field)])) };
  save(invocation, { ...config, contexts: new Map([...config.contexts, [name, tidy('contexts', next)]]) });
  invocation.out(`Context "${name}" ${old ? 'modified' : 'created'}.\n`);
}

/** Upstream: config/use_context.go. */
export function* useContext(invocation: Invocation): Task<void> {
  const { args } = invocation;
  const [name = ''] = args;
  if (args.length !== 1) throw unexpectedArgs(invocation);
  const config = configOf(invocation);
  if (name === '') throw new KubectlError('empty context names are not allowed');
  if (!config.contexts.has(name)) throw new KubectlError(`no context exists with the name: ${JSON.stringify(name)}`);
  save(invocation, { ...config, current: name });
  invocation.out(`Switched to context "${name}".\n`);
}

/** Upstream: config/rename_context.go. */
export function* renameContext(invocation: Invocation): Task<void> {
  const { args } = invocation;
  const [name = '', next = ''] = args;
  if (args.length !== 2) throw unexpectedArgs(invocation);
  if (next === '') throw new KubectlError('you must specify a new non-empty context name');
  const config = configOf(invocation);
  const old = config.contexts.get(name);
  const path = pathOf(invocation);
  if (!old) throw new KubectlError(`cannot rename the context "${name}", it's not in ${path}`);
  if (config.contexts.has(next)) {
    throw new KubectlError(`cannot rename the context "${name}", the context "${next}" already exists in ${path}`);
  }
  const others = [...config.contexts].filter(([one]) => one !== name);
  const current = config.current === name ? next : config.current;
  save(invocation, { ...config, contexts: new Map([...others, [next, old]]), current });
  invocation.out(`Context "${name}" renamed to "${next}".\n`);
}
