import type { CommandDefinition } from '../../command-tree';
import { array, bool, string } from '../../flags/flag';
import { deleteEntry, setCluster, setCredentials } from './entries';
import { currentContext, getContexts, listNames, renameContext, setContext, useContext } from './contexts';
import { setProperty, unsetProperty } from './property';
import { view, viewFlags } from './view';

function command(
  name: string,
  short: string,
  run: CommandDefinition['run'],
  flags: CommandDefinition['flags'] = [],
): CommandDefinition {
  return { name, short, flags, ...(run ? { run } : {}) };
}

const texts = (...names: readonly string[]) => names.map((name) => string(name));

/** Upstream: kubectl/pkg/cmd/config. */
export const config: CommandDefinition = {
  name: 'config',
  short: 'Modify kubeconfig files',
  commands: [
    command('current-context', 'Display the current-context', currentContext),
    command('delete-cluster', 'Delete the specified cluster from the kubeconfig', deleteEntry('clusters')),
    command('delete-context', 'Delete the specified context from the kubeconfig', deleteEntry('contexts')),
    command('delete-user', 'Delete the specified user from the kubeconfig', deleteEntry('users')),
    command('get-clusters', 'Display clusters defined in the kubeconfig', listNames('clusters')),
    command('get-contexts', 'Describe one or many contexts', getContexts, [string('output', 'o'), bool('no-headers')]),
    command('get-users', 'Display users defined in the kubeconfig', listNames('users')),
    command('rename-context', 'Rename a context from the kubeconfig file', renameContext),
    command('set', 'Set an individual value in a kubeconfig file', setProperty, [bool('set-raw-bytes')]),
    command('set-cluster', 'Set a cluster entry in kubeconfig', setCluster, [
      ...texts('certificate-authority', 'proxy-url', 'server', 'tls-server-name'),
      bool('embed-certs'),
      bool('insecure-skip-tls-verify'),
    ]),
    command('set-context', 'Set a context entry in kubeconfig', setContext, [
      ...texts('cluster', 'user'),
      string('namespace', 'n'),
      bool('current'),
    ]),
    command('set-credentials', 'Set a user entry in kubeconfig', setCredentials, [
      ...texts('auth-provider', 'client-certificate', 'client-key', 'password', 'token', 'username'),
      ...texts('exec-api-version', 'exec-command', 'exec-interactive-mode'),
      ...['auth-provider-arg', 'exec-arg', 'exec-env'].map((name) => array(name)),
      bool('embed-certs'),
      bool('exec-provide-cluster-info'),
    ]),
    command('unset', 'Unset an individual value in a kubeconfig file', unsetProperty),
    { ...command('use-context', 'Set the current-context in a kubeconfig file', useContext), aliases: ['use'] },
    command('view', 'Display merged kubeconfig settings or a specified kubeconfig file', view, viewFlags),
  ],
};
