import { Player } from '@/course/player';
import type { Scenario } from '@/course/scenarios';
import { simulate } from '@/course/simulation';
import { statements } from '@/course/statements';
import { findWorld } from '@/course/worlds';

/** Files that lie in memory only. */
function memoryFiles(ready: Readonly<Record<string, string>>) {
  const files = new Map(Object.entries(ready));
  return {
    read: (path: string) => files.get(path),
    write: (path: string, text: string) => void files.set(path, text),
    list: () => [...files.keys()],
    remove: (path: string) => files.delete(path),
  };
}

/** Plays a scenario's script from a fresh cluster to its last line; returns what the last command printed. */
export function playScenario(scenario: Scenario): string {
  const world = findWorld(scenario.world);
  if (!world) throw new Error(`no world ${scenario.world}`);
  const player = new Player(simulate(world, scenario.seed), memoryFiles(scenario.files));
  let last = '';
  for (const statement of statements(scenario.script)) last = player.play(statement).stdout;
  return last;
}
