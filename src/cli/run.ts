import { loadMentioned } from '@/course/on-demand';
import { type Played, Player } from '@/course/player';
import { printed } from '@/course/printed';
import { scenarioWorld } from '@/course/scenarios';
import { simulate } from '@/course/simulation';
import { statements } from '@/course/statements';
import { type Arguments, oneOf, readArguments } from './arguments';
import type { Host } from './host';
import { readInput } from './input';
import { namedScenario } from './scenario-option';
import { UsageError } from './usage-error';
import { UserFiles } from './user-files';
import { worldOption } from './world-option';

/** `portbound run [SCRIPT | -]`: plays shell lines on a simulated cluster; the exit code is the last command's. */
export async function run(args: readonly string[], host: Host): Promise<number> {
  const options = readArguments(args, { values: ['world', 'scenario', 'seed', 'kubernetes'], switches: ['json'] });
  const named = options.values.get('scenario');
  const scenario = named === undefined ? undefined : namedScenario(named);
  const chosen = options.values.get('world');
  const own = scenario && chosen === undefined ? scenarioWorld(scenario) : undefined;
  const world = own ?? worldOption(chosen ?? 'lab-4', host);
  const kubernetes = oneOf(options, 'kubernetes', ['1.34', '1.35', '1.36'], world.kubernetes ?? '1.36');
  const seed = seedOption(options) ?? scenario?.seed ?? 1;
  if (options.rest.length > 1) throw new UsageError('one script at a time');
  const [name] = options.rest;
  const script = name === undefined && scenario ? scenario.script : readInput(name ?? '-', host);
  await loadMentioned(script, kubernetes);
  const player = new Player(
    simulate({ ...world, kubernetes }, seed),
    new UserFiles(host.cwd, scenario?.files, world.files),
  );
  let exitCode = 0;
  for (const statement of statements(script)) {
    const played = player.play(statement);
    host.stdout(options.switches.has('json') ? jsonLine(played) : printed(played));
    exitCode = played.exitCode;
  }
  return exitCode;
}

function seedOption(options: Arguments): number | undefined {
  const text = options.values.get('seed');
  if (text === undefined) return undefined;
  if (!/^\d{1,9}$/.test(text)) throw new UsageError(`--seed is a whole number; got ${JSON.stringify(text)}`);
  return Number(text);
}

function jsonLine({ command, place, stdout, stderr, exitCode, time, journeys }: Played): string {
  const walks = journeys.length > 0 ? { walks: journeys } : {};
  return `${JSON.stringify({ command, place, stdout, stderr, exit_code: exitCode, time, ...walks })}\n`;
}
