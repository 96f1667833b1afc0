import type { ShellCommand } from '../command';

const names = [
  'bridge',
  'conntrack',
  'crictl',
  'diff',
  'dig',
  'expr',
  'find',
  'getent',
  'host',
  'ipset',
  'ipvsadm',
  'journalctl',
  'nft',
  'nslookup',
  'od',
  'systemctl',
];
const named = new RegExp(`\\b(?:${names.join('|')})\\b`);

let loaded: Readonly<Record<string, ShellCommand>> | undefined;

/** Loads the rarely needed tools as a module of their own; once they are there it does nothing. */
export async function loadRareTools(): Promise<void> {
  loaded ??= (await import('./rare-tools')).rareTools;
}

/** Whether a line, script or recording may come to run one of them. */
export function mentionsRareTools(text: string): boolean {
  return named.test(text);
}

/** The rarely needed tools, once their host has loaded them; until then each says that it is not there. */
export const rareTools: Readonly<Record<string, ShellCommand>> = Object.fromEntries(
  names.map((name): [string, ShellCommand] => [
    name,
    {
      *run(args, context) {
        const tool = loaded?.[name];
        if (tool) return yield* tool.run(args, context);
        context.stderr(`${name}: it could not be loaded; are you offline?\n`);
        return 127;
      },
    },
  ]),
);
