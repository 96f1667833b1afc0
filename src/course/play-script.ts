import type { WorldFile } from '@/kubernetes/world';
import { MemoryFiles } from './memory-files';
import { type Played, Player } from './player';
import { simulate } from './simulation';
import { statements } from './statements';

/** Everything a transcript depends on. */
export interface Play {
  readonly world: WorldFile;
  readonly script: string;
  /** Files of the client's folder, by name. */
  readonly files?: Readonly<Record<string, string>>;
  readonly seed?: number;
}

/** Plays a script on a fresh cluster: the same input gives the same transcript, wherever it is played. */
export function playScript({ world, script, files, seed }: Play): Played[] {
  const player = new Player(simulate(world, seed), new MemoryFiles(files));
  return statements(script).map((statement) => player.play(statement));
}
