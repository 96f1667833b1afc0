import { describe, expect, test } from 'vitest';
import { findWorld } from '@/course/worlds';
import { Engine } from '@/playground/session/engine';
// Fetched here, not within the first test's time.
import '@/playground/session/engine-room';
import { Session } from '@/playground/session/session';

const manifest = `apiVersion: v1
kind: Pod
metadata:
  name: web
spec:
  containers:
  - name: web
    image: nginx:1.25
    ports:
    - containerPort: 80
      hostPort: 8080
`;

function session(world = 'vm-3'): Session {
  return new Session(() => {
    const file = findWorld(world);
    if (!file) throw new Error(`no world ${world}`);
    return { world: file, files: {}, seed: 1 };
  });
}

describe('a session', () => {
  test('tells of what its world holds and its API server refuses', async () => {
    const metadata = { name: 'web' };
    const pod = { apiVersion: 'v1', kind: 'Pod', metadata, spec: {} };
    const file = findWorld('vm-3');
    if (!file) throw new Error('no world');
    const one = new Session(() => ({ world: { ...file, objects: [pod] }, files: {}, seed: 1 }));
    await one.act({ kind: 'advance', by: 1 });
    expect(one.read().happened[0]).toEqual({
      at: 0,
      lane: 'api',
      warning: true,
      subject: 'Pod web',
      text: 'Pod "web" is invalid: spec.containers: Required value',
    });
  });

  test('applies the editor’s text and shows the room, its door and its bell', async () => {
    const one = session();
    const outcome = await one.act({ kind: 'apply', file: 'web.yaml', text: manifest });
    expect(outcome).toMatchObject({
      line: 'kubectl apply -f web.yaml',
      exitCode: 0,
      output: [{ text: 'pod/web created\n' }],
    });
    await one.act({ kind: 'advance', by: 20_000 });
    const house = one.read().view.picture.houses.find((entry) => entry.rooms.length > 0);
    expect(house?.rooms[0]).toMatchObject({ name: 'web', status: 'Running', ready: '1/1', hostNetwork: false });
    expect(house?.rooms[0]?.doors).toMatchObject([{ port: 80, protocol: 'TCP', program: 'nginx' }]);
    expect(house?.bells).toMatchObject([{ port: 8080, targetPort: 80, room: 'default/web' }]);
    expect(house?.doors.some((door) => door.port === 8080)).toBe(false);
  });

  test('takes actions back, and what is played again is the same to the letter', async () => {
    const one = session();
    await one.act({ kind: 'apply', file: 'web.yaml', text: manifest });
    await one.act({ kind: 'advance', by: 60_000 });
    const before = one.read().view;
    await one.act({ kind: 'run', place: 'client', line: 'kubectl delete pod web' });
    expect(one.read().view.picture.houses.flatMap((house) => house.rooms)).toEqual([]);
    expect(await one.undo()).toMatchObject({ kind: 'run' });
    expect(one.read().view).toEqual(before);
  });

  test('does again what was taken back, until something else is done', async () => {
    const one = session();
    await one.act({ kind: 'apply', file: 'web.yaml', text: manifest });
    await one.act({ kind: 'advance', by: 20_000 });
    const before = one.read();
    await one.undo();
    await one.undo();
    expect(one.read().undone).toBe(2);
    expect(await one.redo()).toMatchObject({ kind: 'apply' });
    expect(await one.redo()).toMatchObject({ kind: 'advance' });
    expect(one.read()).toEqual(before);
    expect(await one.redo()).toBeUndefined();
    await one.undo();
    await one.act({ kind: 'next' });
    expect(one.read().undone).toBe(0);
  });

  test('lets running time be one action', async () => {
    const one = session();
    for (let i = 0; i < 5; i++) await one.act({ kind: 'advance', by: 1_000, running: true });
    expect(one.read().entries).toMatchObject([
      { action: { kind: 'advance', by: 5_000 }, outcome: { from: 0, to: 5_000 } },
    ]);
  });

  test('judges goals without changing anything', async () => {
    const one = session();
    const goal = { sentence: '', place: 'client', probe: 'kubectl delete ns default; echo yes', expect: 'yes' };
    await one.ready();
    const before = one.read();
    expect(await one.judge([goal, { ...goal, probe: 'echo no' }])).toEqual([true, false]);
    expect(one.read()).toBe(before);
  });

  test('breaks off a command that would never end', async () => {
    const outcome = await session().act({ kind: 'run', place: 'client', line: 'while true; do sleep 1h; done' });
    expect(outcome.exitCode).toBe(130);
  });

  test('rings no bell where nobody writes the rule', async () => {
    const file = findWorld('vm-3');
    if (!file) throw new Error('no world');
    const engine = new Engine({ ...file, hostPortBackend: 'none' });
    engine.perform({ kind: 'apply', file: 'web.yaml', text: manifest });
    engine.perform({ kind: 'advance', by: 20_000 });
    const { houses } = engine.view().picture;
    expect(houses.flatMap((house) => house.rooms).map((room) => room.status)).toEqual(['Running']);
    expect(houses.flatMap((house) => house.bells)).toEqual([]);
  });
});
