import type { KubernetesVersion } from '@/kubernetes/api/kind';
import { kubectlFacts } from '@/kubernetes/api/versions/kubectl';
import type { CommandDefinition } from '../command-tree';
import { apply } from './apply';
import { auth } from './auth';
import { config } from './config';
import { autoscale } from './autoscale';
import { cp } from './cp';
import { create } from './create';
import { debug } from './debug';
import { remove } from './delete';
import { describe } from './describe';
import { diff } from './diff';
import { apiResources, apiVersions, clusterInfo, version } from './discovery';
import { edit } from './edit';
import { events } from './events';
import { exec } from './exec';
import { explain } from './explain';
import { expose } from './expose';
import { get } from './get';
import { kustomize } from './kustomize';
import { annotate, label } from './label';
import { logs } from './logs';
import { cordon, drain, uncordon } from './nodes';
import { options } from './options';
import { patch } from './patch';
import { portForward } from './port-forward';
import { replace } from './replace';
import { rollout } from './rollout';
import { run } from './run';
import { scale } from './scale';
import { set } from './set';
import { taint } from './taint';
import { alpha, attach, certificate, completion, kuberc, plugin, proxy, top } from './unsimulated';
import { wait } from './wait';

/** Commands that stand together in `kubectl --help`. Upstream: kubectl/pkg/cmd/cmd.go `NewKubectlCommand`. */
export interface CommandGroup {
  readonly title: string;
  readonly commands: readonly CommandDefinition[];
}

export const groups: readonly CommandGroup[] = [
  { title: 'Basic Commands (Beginner):', commands: [create, expose, run, set] },
  { title: 'Basic Commands (Intermediate):', commands: [explain, get, edit, remove] },
  { title: 'Deploy Commands:', commands: [rollout, scale, autoscale] },
  { title: 'Cluster Management Commands:', commands: [certificate, clusterInfo, top, cordon, uncordon, drain, taint] },
  {
    title: 'Troubleshooting and Debugging Commands:',
    commands: [describe, logs, attach, exec, portForward, proxy, cp, auth, debug, events],
  },
  { title: 'Advanced Commands:', commands: [diff, apply, patch, replace, wait, kustomize] },
  { title: 'Settings Commands:', commands: [label, annotate, completion] },
  { title: 'Other Commands:', commands: [apiResources, apiVersions, config, kuberc, plugin, version, options, alpha] },
];

/** The same for the kubectl of a minor. */
export function groupsOf(minor: KubernetesVersion): readonly CommandGroup[] {
  const facts = kubectlFacts[minor];
  const own = (command: CommandDefinition): CommandDefinition[] => {
    if (command === kuberc && !facts.kuberc) return [];
    return [
      command === wait && facts.experimentsWithWait ? { ...wait, short: `Experimental: ${wait.short}` } : command,
    ];
  };
  return groups.map(({ title, commands }) => ({ title, commands: commands.flatMap(own) }));
}
