import type { Task } from '@/kubernetes/clock/task';
import type { CommandDefinition } from '../command-tree';
import { globalOptions } from '../help/render';

/** Upstream: kubectl/pkg/cmd/options/options.go. */
export const options: CommandDefinition = {
  name: 'options',
  hidden: true,
  short: 'Print the list of flags inherited by all commands',
  // Upstream: kubectl/pkg/util/templates/templater.go `UseOptionsTemplates`.
  flagHint: "Run 'kubectl options' without flags.",
  silentHelp: true,
  *run(invocation): Task<void> {
    invocation.out(globalOptions(invocation.minor));
  },
};
