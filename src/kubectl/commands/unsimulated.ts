import type { Task } from '@/kubernetes/clock/task';
import type { CommandDefinition } from '../command-tree';
import { KubectlError, throwAll } from '../errors';
import { bool, duration, string } from '../flags/flag';
import { filenameFlags, printFlags, selectorFlag } from '../flags/global-flags';
import { errorsOf, fetchedEntries, hasFiles, namedEntries } from '../resource/builder';
import { podNamed } from './exec';

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
  bool('sum'),
];

/** Upstream: kubectl/pkg/cmd/top. */
export const top: CommandDefinition = {
  name: 'top',
  short: 'Display resource (CPU/memory) usage',
  long: "Display resource (CPU/memory) usage.\n\n This command provides a view of recent resource consumption for nodes and pods. It fetches metrics from the Metrics Server, which aggregates this data from the kubelet on each node. The Metrics Server must be installed and running in the cluster for this command to work.\n\n The metrics shown are specifically optimized for Kubernetes autoscaling decisions, such as those made by the Horizontal Pod Autoscaler (HPA) and Vertical Pod Autoscaler (VPA). Because of this, the values may not match those from standard OS tools like 'top', as the metrics are designed to provide a stable signal for autoscalers rather than for pinpoint accuracy.",
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

function* topRun(): Task<void> {
  metricsMissing();
}

/** Upstream: kubectl/pkg/cmd/attach/attach.go. */
export const attach: CommandDefinition = {
  name: 'attach',
  short: 'Attach to a running container',
  usage: '(POD | TYPE/NAME) -c CONTAINER',
  flags: [
    string('container', 'c'),
    bool('stdin', 'i'),
    bool('tty', 't'),
    bool('quiet', 'q'),
    duration('pod-running-timeout', 60_000),
  ],
  *run(invocation): Task<void> {
    const [word] = invocation.args;
    if (word === undefined) throw invocation.usage('at least 1 argument is required for attach');
    podNamed(invocation, word);
    throw new KubectlError("attach is not simulated: use 'kubectl logs -f' to watch a container");
  },
};

/** Upstream: kubectl/pkg/cmd/completion/completion.go. */
export const completion: CommandDefinition = {
  name: 'completion',
  short: 'Output shell completion code for the specified shell (bash, zsh, fish, or powershell)',
  usage: 'SHELL',
  *run(invocation): Task<void> {
    const [shell] = invocation.args;
    if (shell === undefined) throw invocation.usage('Shell not specified.');
    if (!['bash', 'zsh', 'fish', 'powershell'].includes(shell))
      throw invocation.usage(`Unsupported shell type ${JSON.stringify(shell)}.`);
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
  [string('port', 'p'), string('address')],
);
export const cp = refuse(
  'cp',
  'Copy files and directories to and from containers',
  'containers here have only the files their programs need',
  [string('container', 'c')],
);
/** Upstream: kubectl/pkg/cmd/certificates/certificates.go. */
function decide(name: 'approve' | 'deny', short: string): CommandDefinition {
  return {
    name,
    short,
    usage: `${name} (-f FILENAME | NAME)`.slice(name.length + 1),
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
  usage: 'SUBCOMMAND',
  printsHelp: true,
  commands: [
    decide('approve', 'Approve a certificate signing request'),
    decide('deny', 'Deny a certificate signing request'),
  ],
};
