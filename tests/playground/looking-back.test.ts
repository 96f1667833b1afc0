import { describe, expect, test } from 'vitest';
import { findWorld } from '@/course/worlds';
import { EngineLost } from '@/playground/session/engine-host';
import { EngineRoom } from '@/playground/session/engine-room';
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

/** A Pod that comes, is looked at, and goes. */
async function story(): Promise<Session> {
  const one = new Session(recipe);
  await one.act({ kind: 'advance', by: 10_000 });
  await one.act({ kind: 'apply', file: 'web.yaml', text: manifest });
  await one.act({ kind: 'advance', by: 50_000 });
  await one.act({ kind: 'run', place: 'client', line: 'kubectl delete pod web --now' });
  await one.act({ kind: 'advance', by: 60_000 });
  return one;
}

const pods = (one: Session) => one.read().view.picture.houses.flatMap((house) => house.rooms.map((room) => room.name));

describe('a moment of the past', () => {
  test('is looked at without changing anything', async () => {
    const one = await story();
    const before = one.read();
    const then = await one.viewAt(30_000);
    expect(then.now).toBe(30_000);
    expect(then.tables.pods.rows[0]?.slice(0, 3)).toEqual(['web', '1/1', 'Running']);
    expect((await one.viewAt(9_999)).tables.pods.rows).toEqual([]);
    expect(one.read()).toBe(before);
  });

  test('tells of an object what kubectl would have told then', async () => {
    const one = await story();
    const target = { resource: 'pods', name: 'web', namespace: 'default' };
    expect((await one.look(target)).gone).toContain('pods "web" not found');
    const { describe: text, yaml, logs } = await one.look(target, 30_000);
    expect(text).toContain('Successfully assigned default/web to');
    expect(yaml).toContain('phase: Running');
    expect(logs).toContain('start worker process');
  });

  test('is gone on from, and what came later can be done again', async () => {
    const one = await story();
    const end = one.read().view;
    const then = await one.viewAt(30_000);
    await one.continueFrom(30_000);
    expect(one.read().view).toEqual(then);
    expect(pods(one)).toEqual(['web']);
    expect(one.read().undone).toBe(2);
    expect(await one.redo()).toMatchObject({ kind: 'run' });
    await one.redo();
    expect(one.read().view).toEqual(end);
  });

  test('within a command that took its time finds the command at work', async () => {
    const one = new Session(recipe);
    await one.act({ kind: 'run', place: 'client', line: 'sleep 20; echo done' });
    await one.continueFrom(5_000);
    expect(one.read().view).toMatchObject({ now: 5_000, terminals: { busy: ['client'] } });
    await one.act({ kind: 'advance', by: 20_000 });
    expect(one.read().entries[0]?.outcome).toMatchObject({ exitCode: 0, output: [{ text: 'done\n' }], to: 20_000 });
  });
});

describe('what happened', () => {
  test('is told once, in order, by component', async () => {
    const one = await story();
    const { happened } = one.read();
    expect(happened.map(({ at }) => at)).toEqual([...happened.map(({ at }) => at)].sort((a, b) => a - b));
    const of = (lane: string) => happened.filter((one) => one.lane.startsWith(lane));
    expect(of('api')[0]).toMatchObject({ at: 10_000, subject: 'Pod web', verb: 'created', pod: 'default/web' });
    expect(of('scheduler').some(({ text }) => text.startsWith('assigned to node'))).toBe(true);
    expect(of('kubelet/').map(({ text }) => text.replace(/:.*/, ''))).toEqual(
      expect.arrayContaining(['Pulling', 'Pulled', 'Created', 'Started', 'Killing']),
    );
    expect(of('network')[0]).toMatchObject({ verb: 'listens', subject: 'nginx (web)' });
    expect(happened.filter(({ text }) => text.startsWith('Started'))).toHaveLength(1);
  });
});

/** An engine that hangs over a certain line until it is killed. */
function hanging(line: string) {
  const room = new EngineRoom();
  let lose: ((error: Error) => void) | undefined;
  return {
    ask: (method: 'perform', ...args: Parameters<EngineRoom['perform']>) => {
      if (method === 'perform' && args[0].kind === 'run' && args[0].line === line) {
        return new Promise<never>((_, reject) => (lose = reject));
      }
      return Reflect.apply(room[method], room, args);
    },
    kill: () => {
      lose?.(new EngineLost());
      return true;
    },
  };
}

describe('an engine that is lost', () => {
  test('is made anew from the actions, and the line is told, not run again', async () => {
    const made: ReturnType<typeof hanging>[] = [];
    const one = new Session(recipe, [], undefined, () => {
      const host = hanging('loop');
      made.push(host);
      return host as never; // a stand-in for the host: only what the session calls
    });
    await one.act({ kind: 'apply', file: 'web.yaml', text: manifest });
    await one.act({ kind: 'advance', by: 20_000 });
    const before = one.read().view;
    const lost = one.act({ kind: 'run', place: 'client', line: 'loop', open: true });
    setTimeout(() => one.stop(), 5);
    await expect(lost).rejects.toBeInstanceOf(EngineLost);
    expect(made).toHaveLength(2);
    expect(one.read().view).toEqual(before);
    expect(one.read().entries.at(-1)).toMatchObject({
      action: { kind: 'killed', line: 'loop' },
      outcome: { line: 'loop', exitCode: 137, output: [{ text: '^C\n' }] },
    });
  });
});
