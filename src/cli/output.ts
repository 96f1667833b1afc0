import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Host } from './host';
import { UsageError } from './usage-error';

/** Writes a text to a file the user named. Where that is not possible: a UsageError. */
export function writeOutput(name: string, text: string, host: Host): void {
  try {
    writeFileSync(resolve(host.cwd, name), text);
  } catch {
    throw new UsageError(`${name} cannot be written`);
  }
}
