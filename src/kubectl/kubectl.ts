import type { KubernetesVersion } from '@/kubernetes/api/kind';
import type { Task } from '@/kubernetes/clock/task';
import type { Command, CommandContext } from './command';
import type { CommandDefinition } from './command-tree';
import { groupsOf } from './commands';
import { Exit, KubectlError, render } from './errors';
import type { Flag } from './flags/flag';
import { FlagError, parseFlags } from './flags/flag-set';
import { globalFlags } from './flags/global-flags';
import { commandHelp, rootHelp, rootUsage } from './help/render';
import { Invocation } from './invocation';
import { suggestions } from './suggestions';

const roots = new Map<KubernetesVersion, CommandDefinition>();

/** The tree of commands, with `help` on top. Upstream: spf13/cobra command.go `InitDefaultHelpCmd`. */
function rootOf(minor: KubernetesVersion): CommandDefinition {
  const known = roots.get(minor);
  if (known) return known;
  const groups = groupsOf(minor);
  const root: CommandDefinition = {
    name: 'kubectl',
    short: 'kubectl controls the Kubernetes cluster manager',
    commands: [
      ...groups.flatMap((group) => group.commands),
      {
        name: 'help',
        hidden: true,
        short: 'Help about any command',
        long: 'Help provides help for any command in the application.\nSimply type kubectl help [path to command] for full details.',
        usage: '[command] [flags]',
        *run({ args, context }): Task<void> {
          const { command, path } = find(root, 'kubectl', args);
          if (command !== root) {
            if (!command.silentHelp) context.stdout(commandHelp(command, path, minor));
          } else if (args.length === 0) context.stdout(rootHelp(groups));
          else {
            const topic = args.map((word) => `\`${word}\``).join(' ');
            context.stderr(`Unknown help topic [${topic}]\n${rootUsage(groups)}`);
          }
        },
      },
    ],
  };
  roots.set(minor, root);
  return root;
}

/** `kubectl …`: finds the command, reads its flags, runs it, and prints its failure. Upstream: spf13/cobra command.go. */
export const kubectl: Command = function* (words, context): Task<number> {
  try {
    return yield* dispatch(words, context);
  } catch (error) {
    const { text, code } = render(error);
    context.stderr(text);
    return code;
  }
};

function* dispatch(words: readonly string[], context: CommandContext): Task<number> {
  const minor = context.cluster.world.kubernetes;
  const root = rootOf(minor);
  const { command, path, rest } = find(root, 'kubectl', words);
  if (command === root && firstWord(root, rest) !== undefined) throw unknownCommand(root, firstWord(root, rest) ?? '');
  // A command's own flag hides a global one of the same name.
  const declared = [...globalFlags, ...(command.flags ?? [])];
  let flags;
  try {
    flags = parseFlags(declared, rest);
  } catch (error) {
    if (!(error instanceof FlagError)) throw error;
    const text = `error: ${error.message}\n${command.flagHint ?? `See '${path} --help' for usage.`}\n`;
    throw new Exit(command.flagErrorCode ?? 1, text);
  }
  for (const { name, deprecated } of declared) {
    if (deprecated !== undefined && flags.changed(name)) {
      context.stderr(`Flag --${name} has been deprecated, ${deprecated}\n`);
    }
  }
  if (command === root) {
    context.stdout(rootHelp(groupsOf(minor)));
    return 0;
  }
  const helpText = () => commandHelp(command, path, minor);
  if (flags.bool('help')) {
    if (!command.silentHelp) context.stdout(helpText());
    return 0;
  }
  const missing = (command.required ?? []).filter((name) => !flags.changed(name)).map((name) => `"${name}"`);
  if (missing.length > 0) throw new KubectlError(`required flag(s) ${missing.join(', ')} not set`);
  const invocation = new Invocation(context, flags, path, helpText);
  if (!command.run) {
    if (flags.args.length > 0) throw invocation.usage(`unknown command "${flags.args.join(' ')}"`);
    if (command.helpCode !== undefined) {
      context.stdout(helpText());
      return command.helpCode;
    }
    context.stderr(helpText());
    return 1;
  }
  const result = yield* command.run(invocation);
  const code = typeof result === 'number' ? result : 0;
  if (code === 0 && flags.bool('warnings-as-errors') && invocation.warnings > 0) {
    const count = invocation.warnings;
    throw new KubectlError(`${count} warning${count === 1 ? '' : 's'} received`);
  }
  return code;
}

interface Found {
  readonly command: CommandDefinition;
  readonly path: string;
  readonly rest: readonly string[];
}

/** Walks down the tree of commands; the words that named one are taken out of the line. */
function find(command: CommandDefinition, path: string, words: readonly string[]): Found {
  const index = firstWordIndex(command, words);
  const word = index === undefined ? undefined : words[index];
  const next = command.commands?.find((one) => one.name === word || one.aliases?.includes(word ?? ''));
  if (index === undefined || !next) return { command, path, rest: words };
  return find(next, `${path} ${next.name}`, [...words.slice(0, index), ...words.slice(index + 1)]);
}

function firstWord(command: CommandDefinition, words: readonly string[]): string | undefined {
  const index = firstWordIndex(command, words);
  return index === undefined ? undefined : words[index];
}

/** The first word that is neither a flag nor a flag's value. */
function firstWordIndex(command: CommandDefinition, words: readonly string[]): number | undefined {
  const flags = [...globalFlags, ...(command.flags ?? [])];
  for (let i = 0; i < words.length; i++) {
    const word = words[i] ?? '';
    if (word === '--') return undefined;
    if (!word.startsWith('-') || word === '-') return i;
    if (takesNextWord(flags, word)) i++;
  }
  return undefined;
}

function takesNextWord(flags: readonly Flag[], word: string): boolean {
  if (word.includes('=')) return false;
  const flag = word.startsWith('--')
    ? flags.find((one) => one.name === word.slice(2))
    : word.length === 2
      ? flags.find((one) => one.short === word.slice(1))
      : undefined;
  return flag !== undefined && flag.bare === undefined;
}

function unknownCommand(root: CommandDefinition, word: string): KubectlError {
  const near = suggestions(word, root.commands ?? []);
  const hint = near.length > 0 ? `\n\nDid you mean this?\n${near.map((name) => `\t${name}\n`).join('')}` : '';
  return new KubectlError(`unknown command "${word}" for "kubectl"${hint}`);
}
