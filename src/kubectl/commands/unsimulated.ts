import type { Pod } from '@/kubernetes/api/generated/core-v1';
import type { Task } from '@/kubernetes/clock/task';
import type { CommandDefinition } from '../command-tree';
import { KubectlError, throwAll, withPrefix } from '../errors';
import { array, bool, duration, int, string } from '../flags/flag';
import { filenameFlags, printFlags, selectorFlag } from '../flags/global-flags';
import { errorsOf, fetchedEntries, hasFiles, namedEntries } from '../resource/builder';
import type { Invocation } from '../invocation';
import { chooseContainer } from '../pods/containers';
import { podNamed } from './exec';
import { attachHint } from '../run/attach';

/** A cluster without the metrics add-on: what kubectl says there is what it says here. */
function metricsMissing(): never {
  throw new KubectlError('Metrics API not available');
}

const topFlags = [
  selectorFlag,
  bool('all-namespaces', 'A'),
  bool('containers'),
  bool('no-headers'),
  string('sort-by'),
  string('field-selector'),
  bool('sum'),
  bool('show-capacity'),
  bool('show-swap'),
  bool('use-protocol-buffers', undefined, true),
];

/** Upstream: kubectl/pkg/cmd/top. */
export const top: CommandDefinition = {
  name: 'top',
  suggestFor: ['stats'],
  short: 'Display resource (CPU/memory) usage',
  commands: [
    {
      name: 'node',
      aliases: ['nodes', 'no'],
      short: 'Display resource (CPU/memory) usage of nodes',
      flags: topFlags,
      run: topRun,
    },
    {
      name: 'pod',
      aliases: ['pods', 'po'],
      short: 'Display resource (CPU/memory) usage of pods',
      flags: topFlags,
      run: topRun,
    },
  ],
};

/** Upstream: top_pod.go, top_node.go `Validate`. */
function* topRun(invocation: Invocation): Task<void> {
  const { flags, path } = invocation;
  if (flags.args.length > 1) throw invocation.usage(`${path.split(' ').at(-1) ?? ''} [NAME | -l label]`);
  if (!['', 'cpu', 'memory'].includes(flags.string('sort-by'))) {
    throw new KubectlError('--sort-by accepts only cpu or memory');
  }
  if (flags.args.length > 0 && (flags.string('selector') !== '' || flags.string('field-selector') !== '')) {
    const selector = path.endsWith(' node') ? '--selector' : 'selector';
    throw new KubectlError(`only one of NAME or ${selector} can be provided`);
  }
  metricsMissing();
}

/** Upstream: attach.go `containerToAttachTo`. */
function attachable(invocation: Invocation, pod: Pod): void {
  try {
    chooseContainer(invocation, pod, invocation.flags.string('container'), invocation.flags.bool('quiet'));
  } catch (error) {
    throw error instanceof KubectlError ? withPrefix('cannot attach to the container: ', error) : error;
  }
}

/** Upstream: kubectl/pkg/cmd/attach/attach.go. */
export const attach: CommandDefinition = {
  name: 'attach',
  short: 'Attach to a running container',
  flags: [
    string('container', 'c'),
    string('detach-keys', undefined, 'ctrl-p,ctrl-q'),
    bool('stdin', 'i'),
    bool('tty', 't'),
    bool('quiet', 'q'),
    duration('pod-running-timeout', 60_000),
  ],
  *run(invocation): Task<void> {
    const { args, flags } = invocation;
    if (args.length === 0) throw new KubectlError('at least 1 argument is required for attach');
    if (args.length > 2) {
      throw new KubectlError(
        `expected POD, TYPE/NAME, or TYPE NAME, (at most 2 arguments) saw ${args.length}: [${args.join(' ')}]`,
      );
    }
    if (flags.number('pod-running-timeout') <= 0) {
      throw new KubectlError('--pod-running-timeout must be higher than zero');
    }
    const pod = yield* podNamed(invocation, args.join('/'));
    const { phase = '' } = pod.status;
    if (phase === 'Succeeded' || phase === 'Failed') {
      throw new KubectlError(`cannot attach a container in a completed pod; current phase is ${phase}`);
    }
    attachable(invocation, pod);
    if (!pod.spec.nodeName) {
      if (!flags.bool('quiet')) invocation.err(attachHint);
      // pkg/registry/core/pod/strategy.go `streamLocation`
      throw new KubectlError(`unable to upgrade connection: pod ${pod.metadata.name} does not have a host assigned`);
    }
    throw new KubectlError("attach is not simulated: use 'kubectl logs -f' to watch a container");
  },
};

/** Upstream: kubectl/pkg/cmd/alpha.go: a group that is empty in these minors. */
export const alpha: CommandDefinition = {
  name: 'alpha',
  hidden: true,
  short: 'Commands for features in alpha',
  silentHelp: true,
  *run(invocation): Task<void> {
    invocation.err('No alpha commands are available in this version of kubectl\n');
  },
};

/** Upstream: kubectl/pkg/cmd/completion/completion.go. */
export const completion: CommandDefinition = {
  name: 'completion',
  short: 'Output shell completion code for the specified shell (bash, zsh, fish, or powershell)',
  *run(invocation): Task<void> {
    const [shell] = invocation.args;
    if (shell === undefined) throw invocation.usage('Shell not specified.');
    if (!['bash', 'zsh', 'fish', 'powershell'].includes(shell))
      throw invocation.usage(`Unsupported shell type ${JSON.stringify(shell)}.`);
    if (invocation.args.length > 1) throw invocation.usage('Too many arguments. Expected only the shell type.');
    throw new KubectlError('completion scripts are not part of this simulation');
  },
};

/** Upstream: kubectl/pkg/cmd/plugin/plugin.go. */
export const plugin: CommandDefinition = {
  name: 'plugin',
  short: 'Provides utilities for interacting with plugins',
  commands: [
    {
      name: 'list',
      short: "List all visible plugin executables on a user's PATH",
      flags: [bool('name-only')],
      *run(): Task<void> {
        throw new KubectlError('unable to find any kubectl plugins in your PATH');
      },
    },
  ],
};

function refuse(name: string, short: string, why: string, flags: CommandDefinition['flags'] = []): CommandDefinition {
  return {
    name,
    short,
    flags,
    *run(): Task<void> {
      throw new KubectlError(`${name} is not simulated: ${why}`);
    },
  };
}

export const proxy = refuse(
  'proxy',
  'Run a proxy to the Kubernetes API server',
  'use kubectl get --raw or kubectl get -o json',
  [
    int('port', 8001, 'int', 'p'),
    string('accept-hosts', undefined, '^localhost$,^127\\.0\\.0\\.1$,^\\[::1\\]$'),
    string('accept-paths', undefined, '^.*'),
    string('address', undefined, '127.0.0.1'),
    string('api-prefix', undefined, '/'),
    bool('append-server-path'),
    bool('disable-filter'),
    duration('keepalive'),
    string('reject-methods', undefined, '^$'),
    string('reject-paths', undefined, '^/api/.*/pods/.*/exec,^/api/.*/pods/.*/attach'),
    string('unix-socket', 'u'),
    string('www', 'w'),
    string('www-prefix', 'P', '/static/'),
  ],
);
/** Upstream: kubectl/pkg/cmd/certificates/certificates.go. */
function decide(name: 'approve' | 'deny', short: string): CommandDefinition {
  return {
    name,
    short,
    flags: [...filenameFlags, ...printFlags, bool('force')],
    *run(invocation): Task<void> {
      if (invocation.args.length === 0 && !hasFiles(invocation)) {
        throw new KubectlError('one or more CSRs must be specified as <name> or -f <filename>');
      }
      const words = invocation.args.map((word) => (word.includes('/') ? word : `certificatesigningrequests/${word}`));
      throwAll(errorsOf(hasFiles(invocation) ? fetchedEntries(invocation) : namedEntries(invocation, { words })));
      throw new KubectlError(`certificate ${name} is not simulated: nobody signs certificates here`);
    },
  };
}

export const certificate: CommandDefinition = {
  name: 'certificate',
  short: 'Modify certificate resources',
  helpCode: 0,
  commands: [
    decide('approve', 'Approve a certificate signing request'),
    decide('deny', 'Deny a certificate signing request'),
  ],
};

const noKuberc = 'there is no kuberc file here';

/** Upstream: kubectl/pkg/cmd/kuberc. */
export const kuberc: CommandDefinition = {
  name: 'kuberc',
  short: 'Manage kuberc configuration files',
  commands: [
    refuse('set', 'Set values in the kuberc configuration', noKuberc, [
      ...['command', 'kuberc', 'name', 'policy', 'section'].map((name) => string(name)),
      ...['allowlist-entry', 'appendarg', 'option', 'prependarg'].map((name) => array(name)),
      bool('overwrite'),
    ]),
    refuse('view', 'Display the current kuberc configuration', noKuberc, [
      ...printFlags.map((flag) => (flag.name === 'output' ? string('output', 'o', 'yaml') : flag)),
      string('kuberc'),
    ]),
  ],
};
