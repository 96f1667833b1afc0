import { type ShellCommand, plain } from '../command';

const names = ['dd', 'df', 'du', 'fallocate', 'free', 'stress'] as const;

/** The commands of this part, and `hog`: what `tail /dev/zero` comes to. */
export type ResourceTools = Readonly<Record<(typeof names)[number] | 'hog', ShellCommand>>;

let loaded: ResourceTools | undefined;

/** Loads the commands about memory and disk as a module of its own; once it is there it does nothing. */
export async function loadResourceTools(): Promise<void> {
  loaded ??= (await import('./resource-tools')).resourceTools;
}

/** Whether a line, script or recording may come to run one of them, or a manifest that it applies. */
export function mentionsResourceTools(text: string): boolean {
  return /\b(?:dd|df|du|fallocate|free|stress)\b|\/dev\/zero|(?:^|[\s"=])(?:-[fk]|--filename|--kustomize)\b/.test(text);
}

function lazy(name: keyof ResourceTools, called: string): ShellCommand {
  const notLoaded = plain((_args, { stderr }) => {
    stderr(`${called}: it could not be loaded; are you offline?\n`);
    return 127;
  });
  return { run: (args, context) => (loaded?.[name] ?? notLoaded).run(args, context) };
}

/** Those commands, once their host has loaded them. */
export const resourceCommands: Readonly<Record<string, ShellCommand>> = Object.fromEntries(
  names.map((name) => [name, lazy(name, name)]),
);

export const tailOfZeros = lazy('hog', 'tail');
