import type { Task } from '@/kubernetes/clock/task';
import type { CommandDefinition } from '../command-tree';
import { throwAll } from '../errors';
import { type Flag, array, bool, string } from '../flags/flag';
import { refuseFlags } from '../options';
import { toYaml } from '../output/yaml';
import { errorsOf, infosOf } from '../resource/builder';
import { kustomizedEntries } from '../resource/kustomize';

/** Functions in containers, helm charts, plug-ins. Upstream: sigs.k8s.io/kustomize/kustomize/v5/commands/build */
const unsimulatedFlags: readonly Flag[] = [
  bool('as-current-user'),
  bool('enable-alpha-plugins'),
  bool('enable-helm'),
  array('env', 'e'),
  array('helm-api-versions'),
  string('helm-command', undefined, 'helm'),
  bool('helm-debug'),
  string('helm-kube-version'),
  array('mount'),
  bool('network'),
  string('network-name', undefined, 'bridge'),
];

/** Upstream: kubectl/pkg/cmd/kustomize. */
export const kustomize: CommandDefinition = {
  name: 'kustomize',
  short: 'Build a kustomization target from a directory or URL',
  flags: [string('output', 'o'), string('load-restrictor', undefined, 'LoadRestrictionsRootOnly'), ...unsimulatedFlags],
  *run(invocation): Task<void> {
    refuseFlags(invocation, ...unsimulatedFlags.map(({ name }) => name));
    const entries = kustomizedEntries(invocation.args[0] ?? '.', invocation.context.files, invocation.minor);
    throwAll(errorsOf(entries));
    invocation.out(
      infosOf(entries)
        .map((info) => toYaml(info.object))
        .join('---\n'),
    );
  },
};
