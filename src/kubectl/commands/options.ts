import type { Task } from '@/kubernetes/clock/task';
import type { CommandDefinition } from '../command-tree';
import { globalFlags } from '../flags/global-flags';
import { optionLines } from '../help';

/** Upstream: kubectl/pkg/cmd/options/options.go. */
export const options: CommandDefinition = {
  name: 'options',
  short: 'Print the list of flags inherited by all commands',
  *run(invocation): Task<void> {
    invocation.out(`The following options can be passed to any command:\n\n${optionLines(globalFlags).join('\n')}\n`);
  },
};
