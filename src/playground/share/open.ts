import { type Board, worldOf } from '../state';
import type { Strings } from '../strings';
import { type Scenario, playableActions, timedActions } from './scenario';

/** Everything that is here now, as a scenario. */
export function scenarioOf(board: Board): Scenario {
  const world = worldOf(board);
  return {
    world: board.world.peek(),
    ...(world && !board.given.includes(world) ? { own: world } : {}),
    seed: board.seed.peek(),
    workspace: board.workspace.peek(),
    actions: timedActions(board.entries.peek()),
    until: board.live.peek().now,
  };
}

/** Plays a scenario in place of what is here; false, and a word why, on a cluster that this release does not have. */
export async function openScenario(board: Board, scenario: Scenario, t: Strings): Promise<boolean> {
  if (scenario.own !== undefined) {
    const { addWorld, ownWorld } = await import('../world/own-world');
    const own = ownWorld(scenario.own);
    if (own?.name !== scenario.world) {
      board.banner.value = { tone: 'refuse', text: t.share.faults.damaged };
      return false;
    }
    addWorld(board, own);
  }
  if (!board.worlds.peek().some((world) => world.name === scenario.world)) {
    board.banner.value = { tone: 'refuse', text: t.share.noWorld(scenario.world) };
    return false;
  }
  board.running.value = false;
  board.chosen.value = undefined;
  board.place.value = 'client';
  board.world.value = scenario.world;
  board.seed.value = scenario.seed;
  board.workspace.value = scenario.workspace;
  await board.session.restart(playableActions(scenario));
  return true;
}
