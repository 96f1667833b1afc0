import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { findWorld } from '@/course/worlds';
// Fetched here, not within the first test's time.
import '@/playground/session/engine-room';
import { Session } from '@/playground/session/session';
import { readFragment, readScenarioFile, scenarioFile, scenarioFragment } from '@/playground/share/link';
import { type Scenario, playableActions, timedActions } from '@/playground/share/scenario';

const scenario: Scenario = {
  world: 'vm-3',
  seed: 1,
  workspace: {
    files: [
      { name: 'web.yaml', text: 'kind: Pod # Grüße, 世界\n' },
      { name: 'two.yaml', text: '' },
    ],
    current: 'two.yaml',
  },
  actions: [
    { at: 0, kind: 'apply', file: 'web.yaml', text: 'kind: Pod\n' },
    { at: 12_500, kind: 'run', place: 'client', line: 'kubectl get pods', saved: { 'two.yaml': '' } },
    { at: 12_500, kind: 'run', place: 'node1', line: 'ss -ltn' },
  ],
  until: 60_000,
};

describe('a link', () => {
  test('carries a scenario there and back', async () => {
    const fragment = await scenarioFragment(scenario);
    expect(fragment).toMatch(/^#scenario=1\.[\w-]+$/);
    expect(await readFragment(fragment)).toEqual(scenario);
  });

  test('carries any text', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'grapheme' }), async (text) => {
        const one = { ...scenario, workspace: { files: [{ name: 'a.yaml', text }], current: 'a.yaml' } };
        expect(await readFragment(await scenarioFragment(one))).toEqual(one);
      }),
      { numRuns: 30 },
    );
  });

  test('of the first form is read for ever', async () => {
    const link =
      '#scenario=1.eJyFzsEKwjAQBNBfKXPeSovoYb_Cu3oITYTgdlOSVC2l_y4xB715XJg3syueIYoF4zG2exCScxbcE25eXAKfV6gZHRhmt5hRQMjulcG4e7XcnIK9KLYrYZhjdJp_k2bIPmhtMRnc0UeVyDTJgrryr5sq7g_d18dZQZjEDIVrsK4HQbyWM6WmlVy_mjV7AR-L3t6Ze0lY';
    expect(await readFragment(link)).toEqual({
      world: 'vm-3',
      seed: 1,
      workspace: { files: [{ name: 'a.yaml', text: 'kind: Pod\n' }], current: 'a.yaml' },
      actions: [
        { at: 0, kind: 'apply', file: 'a.yaml', text: 'kind: Pod\n' },
        { at: 1500, kind: 'run', place: 'node1', line: 'ss -ltn' },
      ],
      until: 61_500,
    });
  });

  test('is damaged when it is cut anywhere', async () => {
    const fragment = await scenarioFragment(scenario);
    for (const length of [11, 12, 20, fragment.length - 2, fragment.length - 1])
      expect(await readFragment(fragment.slice(0, length))).toBe('damaged');
  });

  test('is damaged when a character of it is changed', async () => {
    const fragment = await scenarioFragment(scenario);
    for (let at = 14; at < fragment.length - 1; at += 9) {
      const other = fragment[at] === 'A' ? 'B' : 'A';
      expect(await readFragment(fragment.slice(0, at) + other + fragment.slice(at + 1))).toBe('damaged');
    }
  });

  test('of a later form says so, and what is no link is none', async () => {
    expect(await readFragment('#scenario=2.abc')).toBe('newer');
    expect(await readFragment('#scenario=')).toBe('damaged');
    expect(await readFragment('#scenario=1.%%%')).toBe('damaged');
    expect(await readFragment('#world=vm-3&manifest=hostport')).toBeUndefined();
    expect(await readFragment('')).toBeUndefined();
  });

  test('that asks for what no page can play is refused', async () => {
    for (const wrong of [
      { ...scenario, until: 1e15 },
      { ...scenario, until: 5 },
      { ...scenario, seed: 0.5 },
      { ...scenario, workspace: { files: [], current: '' } },
      { ...scenario, workspace: { files: [{ name: '../a', text: '' }], current: '../a' } },
    ])
      expect(await readFragment(await scenarioFragment(wrong))).toBe('damaged');
  });
});

describe('a scenario file', () => {
  test('is read back, and told from other JSON', () => {
    expect(readScenarioFile(scenarioFile(scenario))).toEqual(scenario);
    expect(readScenarioFile('{"portbound": 9}')).toBe('newer');
    expect(readScenarioFile('{}')).toBe('damaged');
    expect(readScenarioFile('kind: Pod')).toBe('damaged');
  });
});

test('a scenario played again ends in the same view', async () => {
  const create = () => {
    const world = findWorld('vm-3');
    if (!world) throw new Error('no world');
    return { world, files: {}, seed: 1 };
  };
  const first = new Session(create);
  const text = 'apiVersion: v1\nkind: Pod\nmetadata: {name: web}\nspec: {containers: [{name: web, image: nginx}]}\n';
  await first.act({ kind: 'apply', file: 'web.yaml', text });
  await first.act({ kind: 'next' });
  await first.act({ kind: 'advance', by: 7_000, running: true });
  await first.act({
    kind: 'run',
    place: 'client',
    line: 'kubectl wait pod/web --for=condition=Ready; cat notes',
    saved: { notes: 'hello\n' },
  });
  await first.act({ kind: 'quiet' });
  const { entries, view } = first.read();
  const actions = timedActions(entries);
  expect(actions.map((action) => action.kind)).toEqual(['apply', 'run']);
  const second = new Session(create, playableActions({ actions, until: view.now }));
  await second.ready();
  expect(second.read().view).toEqual(view);
  expect(timedActions(second.read().entries)).toEqual(actions);
  expect(
    entries
      .at(-2)
      ?.outcome.output.map((part) => part.text)
      .join(''),
  ).toContain('hello');
});
