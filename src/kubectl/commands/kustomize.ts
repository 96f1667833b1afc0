import type { Task } from '@/kubernetes/clock/task';
import type { CommandDefinition } from '../command-tree';
import { throwAll } from '../errors';
import { string } from '../flags/flag';
import { toYaml } from '../output/yaml';
import { errorsOf, infosOf } from '../resource/builder';
import { kustomizedEntries } from '../resource/kustomize';

/** Upstream: kubectl/pkg/cmd/kustomize. */
export const kustomize: CommandDefinition = {
  name: 'kustomize',
  short: 'Build a kustomization target from a directory or URL',
  usage: 'DIR',
  flags: [string('output', 'o')],
  *run(invocation): Task<void> {
    const entries = kustomizedEntries(invocation.args[0] ?? '.', invocation.context.files, invocation.minor);
    throwAll(errorsOf(entries));
    invocation.out(
      infosOf(entries)
        .map((info) => toYaml(info.object))
        .join('---\n'),
    );
  },
};
