import { parse } from 'yaml';
import type { WorldFile } from '@/kubernetes/world';
import { type ScenarioFile, scenarioSchema } from './scenario-schema';
import { findWorld } from './worlds';

const files: Record<string, string> = import.meta.glob('/content/scenarios/*/*', {
  query: '?raw',
  import: 'default',
  eager: true,
});

/** A scenario: a world, the files that lie ready, and what is typed. */
export interface Scenario extends ScenarioFile {
  readonly name: string;
  /** The files of the client's folder, by name. */
  readonly files: Readonly<Record<string, string>>;
}

const root = '/content/scenarios/';

/** The names of all scenarios, sorted. */
export const scenarioNames: readonly string[] = Object.keys(files)
  .filter((path) => path.endsWith('/scenario.yaml'))
  .map((path) => path.slice(root.length, -'/scenario.yaml'.length))
  .sort();

/** A scenario by the name of its folder; undefined when there is none. Throws when its file breaks the schema. */
export function findScenario(name: string): Scenario | undefined {
  const text = files[`${root}${name}/scenario.yaml`];
  if (text === undefined) return undefined;
  const folder = `${root}${name}/`;
  const beside = Object.entries(files).filter(([path]) => path.startsWith(folder) && !path.endsWith('/scenario.yaml'));
  return {
    ...scenarioSchema.parse(parse(text)),
    name,
    files: Object.fromEntries(beside.map(([path, content]) => [path.slice(folder.length), content])),
  };
}

/** The world a scenario plays in: the one it names, with what it says is otherwise; undefined when there is no such world. */
export function scenarioWorld(scenario: Scenario): WorldFile | undefined {
  const world = findWorld(scenario.world);
  return world && { ...world, ...scenario.with };
}
