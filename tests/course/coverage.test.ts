import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { coverageSchema, refute } from '@/course/coverage';
import { loadMentioned } from '@/course/on-demand';
import { playScript } from '@/course/play-script';
import { findScenario, scenarioNames, scenarioWorld } from '@/course/scenarios';

const scenarios = scenarioNames.map((name) => {
  const scenario = findScenario(name);
  if (!scenario) throw new Error(`no scenario ${name}`);
  return scenario;
});

describe('scenarios', () => {
  it.each(scenarios.map((scenario) => [scenario.name, scenario] as const))(
    '%s shows what it claims',
    async (_, scenario) => {
      const world = scenarioWorld(scenario);
      if (!world) throw new Error(`no world ${scenario.world}`);
      await loadMentioned(scenario.script);
      const transcript = playScript({ ...scenario, world });
      const refuted = (scenario.claims ?? [])
        .map((claim) => refute(claim, transcript))
        .filter((text) => text !== undefined);
      expect(refuted.join('\n')).toBe('');
    },
  );
});

describe('coverage', () => {
  const coverage = coverageSchema.parse(parse(readFileSync('content/coverage.yaml', 'utf8')));
  const shown = new Set(scenarios.flatMap((scenario) => scenario.claims ?? []).flatMap((claim) => claim.ids));

  it('shows by a scenario everything that can be shown', () => {
    const toShow = Object.keys(coverage).filter((id) => typeof coverage[id] === 'string');
    expect(toShow.filter((id) => !shown.has(id))).toEqual([]);
  });

  it('knows every id that a scenario names', () => {
    expect([...shown].filter((id) => !(id in coverage))).toEqual([]);
  });
});
