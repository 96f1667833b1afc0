import type { Task } from '@/kubernetes/clock/task';
import type { CommandDefinition } from '../command-tree';
import { globalFlags } from '../flags/global-flags';
import { globalFlagTexts } from '../flags/global-flag-texts';
import { optionLine } from '../help';

/** Upstream: kubectl/pkg/cmd/options/options.go. */
export const options: CommandDefinition = {
  name: 'options',
  hidden: true,
  short: 'Print the list of flags inherited by all commands',
  *run(invocation): Task<void> {
    const flags = globalFlags
      .filter(({ name }) => globalFlagTexts[name] !== undefined)
      .sort((a, b) => (a.name < b.name ? -1 : 1));
    const texts = flags.map((flag) => `${optionLine(flag)}:\n\t${globalFlagTexts[flag.name] ?? ''}\n`);
    invocation.out(`The following options can be passed to any command:\n\n${texts.join('\n')}\n`);
  },
};
