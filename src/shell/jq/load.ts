import { FetchedTools } from '../fetched-tools';

const tools = new FetchedTools(async () => ({ jq: (await import('./jq')).jqCommand }));

/** Loads jq as a module of its own; once it is there it does nothing. */
export const loadJq = () => tools.load();

/** Whether a line, script or recording may come to run it: what keeps a host from loading it for nothing. */
export function mentionsJq(text: string): boolean {
  return /\bjq\b/.test(text);
}

/** jq, once its host has loaded it. */
export const jq = tools.command('jq');
