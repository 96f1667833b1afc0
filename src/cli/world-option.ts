import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { findWorld, readWorld, WorldError, worldNames } from '@/course/worlds';
import { BareServer } from '@/kubernetes/bare-server';
import { bootObjects } from '@/kubernetes/boot';
import { provideUncommon } from '@/kubernetes/uncommon';
import type { WorldFile } from '@/kubernetes/world';
import type { Host } from './host';
import { readInput } from './input';
import { UsageError } from './usage-error';

// A world may hold any kind.
provideUncommon();

/** `--world`: the name of a world of the course, or a file. */
export function worldOption(value: string, host: Host): WorldFile {
  const known = findWorld(value);
  if (known) return known;
  if (!existsSync(resolve(host.cwd, value))) {
    throw new UsageError(`there is no world ${JSON.stringify(value)}: name a file, or one of ${worldNames.join(', ')}`);
  }
  const world = readOwn(value, host);
  const [first, ...more] = bootObjects(new BareServer(world));
  if (!first) return world;
  const others = more.length > 0 ? ` (and ${more.length} more of its objects)` : '';
  throw new UsageError(`${value}: the API server of this world refuses ${first.object}${others}: ${first.message}`);
}

function readOwn(value: string, host: Host): WorldFile {
  try {
    return readWorld(readInput(value, host), value);
  } catch (error) {
    if (error instanceof WorldError) throw new UsageError(error.message);
    throw error;
  }
}
