import type { Played } from './player';

/** A command and what it printed, with the place before the prompt where it was not this machine. */
export function printed({ command, place, stdout, stderr }: Played): string {
  const prompt = place === 'client' ? '$ ' : `@${place} $ `;
  const output = stdout + stderr;
  return `${prompt}${command}\n${output}${output === '' || output.endsWith('\n') ? '' : '\n'}`;
}
