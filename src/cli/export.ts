import { chmodSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { kindExport } from '@/course/export/kind';
import { loadMentioned } from '@/course/on-demand';
import { scenarioWorld } from '@/course/scenarios';
import { oneOf, readArguments } from './arguments';
import type { Host } from './host';
import { namedScenario } from './scenario-option';
import { UsageError } from './usage-error';

/** `portbound export SCENARIO --to kind DIR`: writes a scenario down for a real cluster; never over a file that is there. */
export async function exportScenario(args: readonly string[], host: Host): Promise<number> {
  const options = readArguments(args, { values: ['to'] });
  oneOf(options, 'to', ['kind'], 'kind');
  const [name, folder, ...more] = options.rest;
  if (name === undefined || folder === undefined || more.length > 0)
    throw new UsageError('name a scenario and a folder: export s3-host-port --to kind s3');
  const scenario = namedScenario(name);
  const world = scenarioWorld(scenario);
  if (!world) throw new UsageError(`the world ${JSON.stringify(scenario.world)} of ${name} does not exist`);
  const root = resolve(host.cwd, folder);
  if (isFilled(root)) throw new UsageError(`${folder} is not empty; name a new folder`);
  await loadMentioned(scenario.script, world.kubernetes);
  const files = kindExport({
    title: scenario.title.en,
    about: scenario.about.en,
    world,
    script: scenario.script,
    files: scenario.files,
    seed: scenario.seed,
  });
  for (const [path, text] of Object.entries(files)) {
    const full = join(root, path);
    mkdirSync(dirname(full), { recursive: true });
    writeFileSync(full, text);
    if (path.endsWith('.sh')) chmodSync(full, 0o755);
    host.stdout(`${join(folder, path)}\n`);
  }
  return 0;
}

function isFilled(folder: string): boolean {
  try {
    return readdirSync(folder).length > 0;
  } catch (error) {
    // Not there yet: it will be made. Anything else, a file of that name among them, is in the way.
    return !(error instanceof Error && 'code' in error && error.code === 'ENOENT');
  }
}
