import type { CommandDefinition } from './command-tree';
import type { CommandGroup } from './commands';
import type { Flag } from './flags/flag';

const footer = 'Use "kubectl options" for a list of global command-line options (applies to all commands).\n';

const isVisible = (command: CommandDefinition) => !command.hidden;

/** What `kubectl` alone prints. Upstream: kubectl/pkg/cmd/cmd.go, kubectl/pkg/util/templates. */
export function rootHelp(groups: readonly CommandGroup[]): string {
  const all = groups.flatMap((group) => group.commands).filter(isVisible);
  const sections = groups.map((group) => `${group.title}\n${list(group.commands.filter(isVisible), all)}`);
  // Plugins are looked for in the PATH; there are none, and their heading stays.
  sections.splice(-1, 0, 'Subcommands provided by plugins:');
  return [
    'kubectl controls the Kubernetes cluster manager.',
    ' Find more information at: https://kubernetes.io/docs/reference/kubectl/',
    ...sections,
    'Usage:\n  kubectl [flags] [options]',
    `Use "kubectl <command> --help" for more information about a given command.\n${footer}`,
  ].join('\n\n');
}

/** What a group of commands prints when it is called without one. */
export function groupHelp(command: CommandDefinition, path: string): string {
  return [
    command.long ?? `${command.short}.`,
    ...(command.aliases ? [`Aliases:\n${[command.name, ...command.aliases].join(', ')}`] : []),
    ...(command.examples ? [`Examples:\n${command.examples}`] : []),
    `Available Commands:\n${list([...(command.commands ?? [])].sort((a, b) => (a.name < b.name ? -1 : 1)))}`,
    `Usage:\n  ${path} ${command.usage ?? '[flags]'} [options]`,
    `Use "${path} <command> --help" for more information about a given command.\n${footer}`,
  ].join('\n\n');
}

/** A command's own help: its purpose and its flags. The examples of the real help are not part of it. */
export function commandHelp(command: CommandDefinition, path: string): string {
  const options = optionLines(command.flags ?? []);
  return [
    command.long ?? `${command.short}.`,
    ...(command.commands ? [`Available Commands:\n${list(command.commands)}`] : []),
    ...(options.length > 0 ? [`Options:\n${options.join('\n')}`] : []),
    `Usage:\n  ${path} ${command.usage ?? '[flags]'} [options]`,
    footer,
  ].join('\n\n');
}

function list(commands: readonly CommandDefinition[], siblings = commands): string {
  // github.com/spf13/cobra command.go `NamePadding`: eleven at least, and all siblings count.
  const width = Math.max(11, ...siblings.map((command) => command.name.length));
  return commands.map((command) => `  ${command.name.padEnd(width)}   ${command.short}`).join('\n');
}

/** One line per flag, sorted by name. */
export function optionLines(flags: readonly Flag[]): string[] {
  return [...flags].sort((a, b) => (a.name < b.name ? -1 : 1)).map(optionLine);
}

/** `    -n, --namespace=''` */
export function optionLine(flag: Flag): string {
  const shown = Array.isArray(flag.default)
    ? `[${flag.default.join(',')}]`
    : flag.kind === 'string'
      ? `'${String(flag.default)}'`
      : flag.kind === 'duration'
        ? `${Number(flag.default) / 1000}s`
        : String(flag.default);
  return `    ${flag.short ? `-${flag.short}, ` : ''}--${flag.name}=${shown}`;
}
