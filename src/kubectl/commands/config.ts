import type { Task } from '@/kubernetes/clock/task';
import type { CommandDefinition } from '../command-tree';
import { KubectlError } from '../errors';
import { bool, string } from '../flags/flag';
import type { Flag } from '../flags/flag';
import { printFlags } from '../flags/global-flags';
import type { Invocation } from '../invocation';
import { type KubeconfigContext, writeKubeconfig } from '../kubeconfig';
import { printerOf } from '../output/printer';
import { printTable } from '../output/table';
import { toYaml } from '../output/yaml';
import { serverAddress } from './discovery';

const long = `Modify kubeconfig files using subcommands like "kubectl config set current-context my-context".

 The loading order follows these rules:

  1.  If the --kubeconfig flag is set, then only that file is loaded. The flag may only be set once and no merging takes place.
  2.  If $KUBECONFIG environment variable is set, then it is used as a list of paths (normal path delimiting rules for your system). These paths are merged. When a value is modified, it is modified in the file that defines the stanza. When a value is created, it is created in the first file that exists. If no files in the chain exist, then it creates the last file in the list.
  3.  Otherwise, \${HOME}/.kube/config is used and no merging takes place.`;

function command(
  name: string,
  short: string,
  usage: string,
  run: CommandDefinition['run'],
  flags: readonly Flag[] = [],
): CommandDefinition {
  return { name, short, usage, flags, ...(run ? { run } : {}) };
}

const unsimulated = (what: string): CommandDefinition['run'] =>
  function* (): Task<void> {
    throw new KubectlError(`${what} is not simulated: there is one cluster and one user here`);
  };

function view(invocation: Invocation): object {
  const { contexts, current } = invocation.kubeconfig;
  const { environment, cluster } = invocation.context;
  return {
    apiVersion: 'v1',
    clusters: [
      {
        cluster: {
          'certificate-authority-data': 'DATA+OMITTED',
          server: `https://${serverAddress(environment, cluster.world.nodes)}`,
        },
        name: 'kubernetes',
      },
    ],
    contexts: contexts.map(({ name, ...context }) => ({ context, name })),
    'current-context': current,
    kind: 'Config',
    users: [{ name: 'kubernetes-admin', user: { token: 'REDACTED' } }],
  };
}

/** Upstream: kubectl/pkg/cmd/config. */
export const config: CommandDefinition = {
  name: 'config',
  short: 'Modify kubeconfig files',
  long,
  usage: 'SUBCOMMAND',
  commands: [
    command('current-context', 'Display the current-context', '', function* (invocation): Task<void> {
      invocation.out(`${invocation.kubeconfig.current}\n`);
    }),
    command(
      'delete-cluster',
      'Delete the specified cluster from the kubeconfig',
      'NAME',
      unsimulated('delete-cluster'),
    ),
    command(
      'delete-context',
      'Delete the specified context from the kubeconfig',
      'NAME',
      unsimulated('delete-context'),
    ),
    command('delete-user', 'Delete the specified user from the kubeconfig', 'NAME', unsimulated('delete-user')),
    command('get-clusters', 'Display clusters defined in the kubeconfig', '', function* (invocation): Task<void> {
      invocation.out('NAME\nkubernetes\n');
    }),
    command(
      'get-contexts',
      'Describe one or many contexts',
      '[(-o|--output=)name)]',
      function* (invocation): Task<void> {
        const { contexts, current } = invocation.kubeconfig;
        if (invocation.flags.string('output') === 'name') {
          invocation.out(contexts.map((one) => `${one.name}\n`).join(''));
          return;
        }
        const rows = contexts.map((one) => [
          one.name === current ? '*' : '',
          one.name,
          one.cluster,
          one.user,
          one.namespace ?? '',
        ]);
        const head = ['CURRENT', 'NAME', 'CLUSTER', 'AUTHINFO', 'NAMESPACE'];
        invocation.out(printTable(invocation.flags.bool('no-headers') ? rows : [head, ...rows]));
      },
      [string('output', 'o'), bool('no-headers')],
    ),
    command('get-users', 'Display users defined in the kubeconfig', '', function* (invocation): Task<void> {
      invocation.out('NAME\nkubernetes-admin\n');
    }),
    command(
      'rename-context',
      'Rename a context from the kubeconfig file',
      'CONTEXT_NAME NEW_NAME',
      unsimulated('rename-context'),
    ),
    command('set', 'Set an individual value in a kubeconfig file', 'PROPERTY_NAME PROPERTY_VALUE', unsimulated('set')),
    command('set-cluster', 'Set a cluster entry in kubeconfig', 'NAME', unsimulated('set-cluster')),
    command('set-context', 'Set a context entry in kubeconfig', '[NAME | --current]', setContext, [bool('current')]),
    command('set-credentials', 'Set a user entry in kubeconfig', 'NAME', unsimulated('set-credentials')),
    command('unset', 'Unset an individual value in a kubeconfig file', 'PROPERTY_NAME', unsimulated('unset')),
    command('use-context', 'Set the current-context in a kubeconfig file', 'CONTEXT_NAME', useContext),
    command(
      'view',
      'Display merged kubeconfig settings or a specified kubeconfig file',
      '[flags]',
      function* (invocation): Task<void> {
        const { flags } = invocation;
        const value = view(invocation);
        // The printers take any object that has a kind; a Config has no metadata.
        const printer = flags.string('output') ? printerOf(invocation) : undefined;
        invocation.out(printer ? printer({ metadata: {}, ...value } as never) : toYaml(value));
      },
      [...printFlags, bool('minify'), bool('flatten'), bool('raw'), bool('merge', undefined, true)],
    ),
  ],
};

/** Upstream: config/set_context.go. */
function* setContext(invocation: Invocation): Task<void> {
  const { contexts, current } = invocation.kubeconfig;
  const { flags } = invocation;
  const name = flags.bool('current') ? current : (flags.args[0] ?? '');
  if (name === '') throw new KubectlError('you must specify a non-empty context name or --current');
  const old = contexts.find((one) => one.name === name);
  const namespace = flags.string('namespace') || old?.namespace;
  const next: KubeconfigContext = {
    name,
    cluster: flags.string('cluster') || (old?.cluster ?? ''),
    user: flags.string('user') || (old?.user ?? ''),
    ...(namespace ? { namespace } : {}),
  };
  writeKubeconfig(invocation.context, {
    contexts: old ? contexts.map((one) => (one === old ? next : one)) : [...contexts, next],
    current,
  });
  invocation.out(`Context "${name}" ${old ? 'modified' : 'created'}.\n`);
}

/** Upstream: config/use_context.go. */
function* useContext(invocation: Invocation): Task<void> {
  const { contexts } = invocation.kubeconfig;
  const name = invocation.args[0] ?? '';
  if (!contexts.some((one) => one.name === name))
    throw new KubectlError(`no context exists with the name: ${JSON.stringify(name)}`);
  writeKubeconfig(invocation.context, { contexts, current: name });
  invocation.out(`Switched to context "${name}".\n`);
}
