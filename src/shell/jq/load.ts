import { type ShellCommand, plain } from '../command';

let loaded: ShellCommand | undefined;

/** Loads jq as a module of its own; once it is there it does nothing. */
export async function loadJq(): Promise<void> {
  loaded ??= (await import('./jq')).jqCommand;
}

/** Whether a line, script or recording may come to run it: what keeps a host from loading it for nothing. */
export function mentionsJq(text: string): boolean {
  return /\bjq\b/.test(text);
}

const notLoaded = plain((_args, context) => {
  context.stderr('jq: it could not be loaded; are you offline?\n');
  return 127;
});

/** jq, once its host has loaded it; until then it says that it is not there. */
export const jq: ShellCommand = {
  run: (args, context) => (loaded ?? notLoaded).run(args, context),
};
