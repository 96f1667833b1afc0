import { describe, expect, test } from 'vitest';
import { findWorld } from '@/course/worlds';
import { playableActions, timedActions } from '@/playground/share/scenario';
// Fetched here, not within the first test's time.
import '@/playground/session/engine-room';
import { Session } from '@/playground/session/session';

const manifest = `apiVersion: v1
kind: Pod
metadata: {name: web}
spec: {containers: [{name: web, image: nginx:alpine}]}
`;

function recipe() {
  const world = findWorld('vm-3');
  if (!world) throw new Error('no world');
  return { world, files: {}, seed: 1 };
}

const begin = (line: string, place = 'client') => ({ kind: 'run', place, line, open: true }) as const;
const printed = (one: Session, i: number) =>
  one
    .read()
    .entries[i]?.outcome.output.map((part) => part.text)
    .join('') ?? '';

describe('a command that goes on', () => {
  test('prints as time passes, beside what else is done', async () => {
    const one = new Session(recipe);
    await one.act(begin('kubectl get pods -w'));
    expect(one.read().view.terminals.busy).toEqual(['client']);
    expect(printed(one, 0)).toBe('');
    await one.act({ kind: 'apply', file: 'web.yaml', text: manifest });
    await one.act({ kind: 'advance', by: 500, running: true });
    expect(printed(one, 0)).toMatch(/^NAME .*\nweb +0\/1 +Pending /);
    expect(printed(one, 0)).not.toContain('Running');
    await one.act({ kind: 'advance', by: 10_000, running: true });
    expect(printed(one, 0)).toMatch(/web +1\/1 +Running /);
    expect(one.read().entries.map(({ action }) => action.kind)).toEqual(['run', 'apply', 'advance']);
  });

  test('is broken off with Ctrl+C', async () => {
    const one = new Session(recipe);
    await one.act(begin('ping 192.168.189.201'));
    await one.act({ kind: 'advance', by: 2_500 });
    await one.act({ kind: 'interrupt', place: 'client' });
    expect(one.read().entries[0]?.outcome).toMatchObject({ exitCode: 130, from: 0, to: 2_500 });
    expect(printed(one, 0)).toMatch(/icmp_seq=3 .*\n\^C\n$/);
    expect(one.read().view.terminals.busy).toEqual([]);
    const before = printed(one, 0);
    await one.act({ kind: 'advance', by: 5_000 });
    expect(printed(one, 0)).toBe(before);
  });

  test('ends by itself, with its own exit code, at its own moment', async () => {
    const one = new Session(recipe);
    await one.act(begin('sleep 3; echo done; false'));
    expect(one.read().entries[0]?.outcome.exitCode).toBeUndefined();
    await one.act({ kind: 'advance', by: 60_000 });
    expect(one.read().entries[0]?.outcome).toMatchObject({ exitCode: 1, to: 3_000 });
    expect(printed(one, 0)).toBe('done\n');
  });

  test('goes on at several places at once', async () => {
    const one = new Session(recipe);
    await one.act(begin('sleep 10; echo first'));
    await one.act(begin('sleep 5; echo second', 'node1'));
    expect(one.read().view.terminals.busy).toEqual(['client', 'node1']);
    await one.act({ kind: 'advance', by: 7_000 });
    expect([printed(one, 0), printed(one, 1)]).toEqual(['', 'second\n']);
    await one.act({ kind: 'advance', by: 7_000 });
    expect(printed(one, 0)).toBe('first\n');
  });

  test('is played again to the letter from a link', async () => {
    const one = new Session(recipe);
    await one.act(begin('kubectl get pods -w'));
    await one.act({ kind: 'advance', by: 1_000, running: true });
    await one.act({ kind: 'apply', file: 'web.yaml', text: manifest });
    await one.act({ kind: 'advance', by: 4_000, running: true });
    await one.act({ kind: 'interrupt', place: 'client' });
    await one.act({ kind: 'advance', by: 4_000, running: true });
    const { entries, view } = one.read();
    const actions = timedActions(entries);
    const two = new Session(recipe, playableActions({ actions, until: view.now }));
    await two.ready();
    expect(two.read().view).toEqual(view);
    expect(two.read().entries.find(({ action }) => action.kind === 'run')?.outcome).toEqual(entries[0]?.outcome);
  });

  test('waits while a text is edited', async () => {
    const one = new Session(recipe);
    await one.act({ kind: 'run', place: 'client', line: 'kubectl create deployment web --image=nginx' });
    await one.act(begin('kubectl edit deployment web'));
    const [asked] = one.read().view.terminals.asked;
    expect(asked).toMatchObject({ place: 'client' });
    expect(asked?.text).toMatch(/^# Please edit the object below/);
    const text = asked?.text.replace('replicas: 1', 'replicas: 3') ?? '';
    await one.act({ kind: 'edited', place: 'client', text });
    expect(printed(one, 1)).toBe('deployment.apps/web edited\n');
    expect(one.read().entries[1]?.outcome.exitCode).toBe(0);
    await one.act({ kind: 'advance', by: 10_000 });
    expect(one.read().view.picture.houses.flatMap((house) => house.rooms)).toHaveLength(3);
  });

  test('that loops without letting time pass is stopped, and the next line runs all the same', async () => {
    const one = new Session(recipe);
    await one.act(begin('while true; do :; done'));
    expect(printed(one, 0)).toBe('bash: stopped: 20000 commands ran without any time passing\n');
    await one.act(begin('echo here'));
    expect(printed(one, 1)).toBe('here\n');
    expect(one.read().view.now).toBe(0);
  });

  test('at a place that is not there says so', async () => {
    const one = new Session(recipe);
    await one.act(begin('ls', 'nowhere'));
    await one.act({ kind: 'run', place: 'pod/gone', line: 'ls' });
    expect(one.read().entries.map(({ outcome }) => outcome.exitCode)).toEqual([1, 1]);
    expect(printed(one, 0)).toContain('nowhere');
    expect(printed(one, 1)).toContain('gone');
  });

  test.each([
    ['kubectl get events -w', /Scheduled/],
    ['kubectl events -w', /Scheduled/],
    ['kubectl get pods -w | grep Running', /1\/1 +Running/],
    ['watch -n 1 kubectl get pods', /1\/1 +Running/],
    ['kubectl wait pod/web --for=condition=Ready --timeout=60s', /pod\/web condition met/],
    ['while true; do kubectl get pod web --no-headers; sleep 1; done', /1\/1 +Running/],
  ])('%s prints in pieces', async (line, seen) => {
    const one = new Session(recipe);
    await one.act({ kind: 'apply', file: 'web.yaml', text: manifest });
    await one.act(begin(line));
    expect(one.read().entries[1]?.outcome.exitCode).toBeUndefined();
    const before = printed(one, 1);
    await one.act({ kind: 'advance', by: 30_000, running: true });
    expect(printed(one, 1)).toMatch(seen);
    expect(printed(one, 1).length).toBeGreaterThan(before.length);
  });

  test('is taken back with the time that ran after it', async () => {
    const one = new Session(recipe);
    await one.act(begin('sleep 5'));
    await one.act({ kind: 'advance', by: 6_000, running: true });
    expect(await one.undo()).toMatchObject({ kind: 'run' });
    expect(one.read()).toMatchObject({ entries: [], undone: 1, view: { now: 0 } });
    await one.redo();
    expect(one.read()).toMatchObject({ undone: 0, view: { now: 6_000 } });
  });
});
