import type { ShellCommand } from '../command';
import { FetchedTools } from '../fetched-tools';

const names = ['dd', 'df', 'du', 'fallocate', 'free', 'stress'] as const;

/** The commands of this part, and `hog`: what `tail /dev/zero` comes to. */
export type ResourceTools = Readonly<Record<(typeof names)[number] | 'hog', ShellCommand>>;

const tools = new FetchedTools<keyof ResourceTools>(async () => (await import('./resource-tools')).resourceTools);

/** Loads the commands about memory and disk as a module of its own; once it is there it does nothing. */
export const loadResourceTools = () => tools.load();

/** Whether a line, script or recording may come to run one of them, or a manifest that it applies. */
export function mentionsResourceTools(text: string): boolean {
  return /\b(?:dd|df|du|fallocate|free|stress)\b|\/dev\/zero|(?:^|[\s"=])(?:-[fk]|--filename|--kustomize)\b/.test(text);
}

/** Those commands, once their host has loaded them. */
export const resourceCommands = tools.commands(names);

export const tailOfZeros = tools.command('hog', 'tail');
