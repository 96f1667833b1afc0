import { FetchedTools } from '../fetched-tools';

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

const tools = new FetchedTools(async () => (await import('./rare-tools')).rareTools);

/** Loads the rarely needed tools as a module of their own; once they are there it does nothing. */
export const loadRareTools = () => tools.load();

/** Whether a line, script or recording may come to run one of them. */
export function mentionsRareTools(text: string): boolean {
  return named.test(text);
}

/** The rarely needed tools, once their host has loaded them. */
export const rareTools = tools.commands(names);
