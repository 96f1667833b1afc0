import { Exit, KubectlError } from './errors';
import type { Invocation } from './invocation';

/** Commands that ask no server, and so need no configuration that works. */
const offline = /^kubectl (config|options|completion|plugin|kustomize|help)\b/;

/**
 * What is wrong with the connection that the global flags describe. Upstream: client-go/tools/clientcmd/client_config.go
 * `ConfirmUsable`, cli-runtime/pkg/genericclioptions/config_flags.go. Throws.
 */
export function checkConfiguration({ flags, path, kubeconfig, context, namespaceGiven }: Invocation): void {
  if (offline.test(path)) return;
  const file = flags.string('kubeconfig');
  if (file !== '' && context.files.read(file) === undefined) {
    throw new KubectlError(`stat ${file}: no such file or directory`);
  }
  const wanted = flags.string('context');
  if (wanted !== '' && !kubeconfig.contexts.has(wanted)) {
    // Without --namespace the context is asked for its namespace first.
    if (namespaceGiven) throw new KubectlError(`context ${JSON.stringify(wanted)} does not exist`);
    throw new Exit(1, `Error in configuration: context was not found for specified context: ${wanted}`);
  }
  const known = (field: 'cluster' | 'user') => kubeconfig[`${field}s`].has(flags.string(field));
  if (flags.string('cluster') !== '' && !known('cluster')) {
    throw new KubectlError(`no server found for cluster ${JSON.stringify(flags.string('cluster'))}`);
  }
  if (flags.string('user') !== '' && !known('user')) {
    throw new KubectlError(`auth info ${JSON.stringify(flags.string('user'))} does not exist`);
  }
  const timeout = flags.string('request-timeout');
  if (!/^\d+$|^(\d+(\.\d+)?(ns|us|µs|ms|s|m|h))+$/.test(timeout)) {
    throw new KubectlError(
      'Invalid timeout value. Timeout must be a single integer in seconds, or an integer followed by a corresponding time unit (e.g. 1s | 2m | 3h)',
    );
  }
  const others = ['as-group', 'as-uid', 'as-user-extra'].some((flag) => flags.changed(flag));
  if (others && flags.string('as') === '') {
    throw new KubectlError('requesting uid, groups or user-extra for kubernetes-admin without impersonating a user');
  }
}
