import type { KubernetesVersion } from '@/kubernetes/api/kind';
import type { CommandDefinition } from '../command-tree';
import type { CommandGroup } from '../commands';
import type { Flag } from '../flags/flag';
import { globalFlags } from '../flags/global-flags';
import { goDuration } from '../output/duration';
import { type HelpTexts, helpTexts } from './texts';

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

/** `kubectl <path> --help`, `path` with kubectl before it. Upstream: kubectl/pkg/util/templates `MainUsageTemplate`. */
export function commandHelp(command: CommandDefinition, path: string, minor: KubernetesVersion): string {
  const texts = helpTexts(path.slice('kubectl '.length), minor);
  const { long = texts?.long ?? `${command.short}.`, examples = texts?.examples } = command;
  const options = optionLines(command.flags ?? [], texts);
  const visible = command.commands?.filter(isVisible).sort((a, b) => (a.name < b.name ? -1 : 1));
  return [
    long,
    ...(command.aliases ? [`Aliases:\n${[command.name, ...command.aliases].join(', ')}`] : []),
    ...(examples === undefined ? [] : [`Examples:\n${examples}`]),
    ...(visible ? [`Available Commands:\n${list(visible)}`] : []),
    ...(options.length > 0 ? [`Options:\n${options.join('\n\n')}`] : []),
    `Usage:\n  ${path} ${texts?.usage ?? `${command.usage ?? '[flags]'} [options]`}`,
    `${visible ? `Use "${path} <command> --help" for more information about a given command.\n` : ''}${footer}`,
  ].join('\n\n');
}

/** What follows the sentence about a topic that nobody knows: the root's help without its first paragraphs. */
export function rootUsage(groups: readonly CommandGroup[]): string {
  const [, , ...rest] = rootHelp(groups).split('\n\n');
  return `\n\n${rest.join('\n\n')}`;
}

/** What `kubectl options` prints. Upstream: kubectl/pkg/cmd/options/options.go. */
export function globalOptions(minor: KubernetesVersion): string {
  const lines = optionLines(globalFlags, helpTexts('', minor)).map((line) => `${line}\n\n`);
  return `The following options can be passed to any command:\n\n${lines.join('')}`;
}

function list(commands: readonly CommandDefinition[], siblings = commands): string {
  // github.com/spf13/cobra command.go `NamePadding`: eleven at least, and all siblings count.
  const width = Math.max(11, ...siblings.map((command) => command.name.length));
  return commands.map((command) => `  ${command.name.padEnd(width)}   ${command.short}`).join('\n');
}

/** One entry per flag, sorted by name. A minor that has no text for a flag has no such flag. */
function optionLines(flags: readonly Flag[], texts: HelpTexts | undefined): string[] {
  return flags
    .filter((flag) => flag.name !== 'help' && !flag.hidden && flag.deprecated === undefined)
    .filter((flag) => !texts || texts.flags.has(flag.name))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .map((flag) => {
      const said = texts?.flags.get(flag.name);
      return `    ${said?.head ?? flagHead(flag)}${said ? `:\n\t${said.text}` : ''}`;
    });
}

/** `-n, --namespace=''`. Upstream: kubectl/pkg/util/templates/templater.go `getFlagFormat`. */
function flagHead(flag: Flag): string {
  return `${flag.short ? `-${flag.short}, ` : ''}--${flag.name}=${shownDefault(flag)}`;
}

function shownDefault({ kind, default: value, shown }: Flag): string {
  if (shown !== undefined) return shown;
  if (Array.isArray(value)) return `[${value.join(',')}]`;
  if (kind === 'string') return `'${String(value)}'`;
  return kind === 'duration' ? goDuration(Number(value)) : String(value);
}
