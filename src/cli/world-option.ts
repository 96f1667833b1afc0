import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { findWorld, readWorld, WorldError, worldNames } from '@/course/worlds';
import type { WorldFile } from '@/kubernetes/world';
import type { Host } from './host';
import { readInput } from './input';
import { UsageError } from './usage-error';

/** `--world`: the name of a world of the course, or a file. */
export function worldOption(value: string, host: Host): WorldFile {
  const known = findWorld(value);
  if (known) return known;
  if (!existsSync(resolve(host.cwd, value))) {
    throw new UsageError(`there is no world ${JSON.stringify(value)}: name a file, or one of ${worldNames.join(', ')}`);
  }
  try {
    return readWorld(readInput(value, host), value);
  } catch (error) {
    if (error instanceof WorldError) throw new UsageError(error.message);
    throw error;
  }
}
