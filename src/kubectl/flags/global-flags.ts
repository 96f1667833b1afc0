import { type Flag, array, bool, duration, int, slice, string } from './flag';

/**
 * The flags every command has. Upstream: staging/src/k8s.io/cli-runtime/pkg/genericclioptions/config_flags.go and
 * kubectl/pkg/cmd/cmd.go.
 */
export const globalFlags: readonly Flag[] = [
  bool('help', 'h'),
  string('namespace', 'n'),
  string('as'),
  string('as-uid'),
  array('as-group'),
  array('as-user-extra'),
  string('cache-dir', undefined, '/root/.kube/cache'),
  string('certificate-authority'),
  string('client-certificate'),
  string('client-key'),
  string('cluster'),
  string('context'),
  bool('disable-compression'),
  bool('insecure-skip-tls-verify'),
  string('kubeconfig'),
  string('kuberc'),
  duration('log-flush-frequency', 5000),
  bool('match-server-version'),
  string('password'),
  string('profile', undefined, 'none'),
  string('profile-output', undefined, 'profile.pprof'),
  string('request-timeout', undefined, '0'),
  string('server', 's'),
  string('tls-server-name'),
  string('token'),
  string('user'),
  string('username'),
  int('v', 0, 'int', 'v'),
  { ...string('vmodule'), shown: '' },
  bool('warnings-as-errors'),
];

/** `-f`, `-k`, `-R` of the commands that read manifests. Upstream: cli-runtime/pkg/resource `FilenameOptions`. */
export const filenameFlags: readonly Flag[] = [
  slice('filename', 'f'),
  string('kustomize', 'k'),
  bool('recursive', 'R'),
];

/** The same of the commands that go into folders unless they are told not to. */
export const recursiveFilenameFlags: readonly Flag[] = [
  ...filenameFlags.filter(({ name }) => name !== 'recursive'),
  bool('recursive', 'R', true),
];

/** The flags of commands that print what they did. Upstream: cli-runtime/pkg/genericclioptions/print_flags.go. */
export const printFlags: readonly Flag[] = [
  string('output', 'o'),
  string('template'),
  bool('allow-missing-template-keys', undefined, true),
  bool('show-managed-fields'),
];

export const dryRunFlag: Flag = string('dry-run', undefined, 'none', 'unchanged');
export const validateFlag: Flag = string('validate', undefined, 'strict', 'strict');
export const selectorFlag: Flag = string('selector', 'l');
export const fieldSelectorFlag: Flag = string('field-selector');
export const fieldManagerFlag = (fallback: string): Flag => string('field-manager', undefined, fallback);
