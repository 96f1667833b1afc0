import { expect, test } from 'vitest';
import { findWorld } from '@/course/worlds';
import { Engine } from '@/playground/session/engine';

test('the picture names the port that the kernel refused', () => {
  const world = findWorld('one-node-cce');
  if (!world) throw new Error('no world');
  const engine = new Engine(world);
  const run = (line: string) => engine.perform({ kind: 'run', place: 'client', line });
  run('kubectl create deployment nginx --image=nginx:alpine');
  run(
    `kubectl patch deployment nginx -p '{"spec":{"strategy":{"type":"Recreate","rollingUpdate":null},"template":{"spec":{"hostNetwork":true}}}}'`,
  );
  run('kubectl scale deployment nginx --replicas=2');
  engine.perform({ kind: 'advance', by: 300_000 });
  const [house] = engine.view().picture.houses;
  const rooms = house?.rooms.map(({ hostNetwork, tone, refusal }) => ({ hostNetwork, tone, refusal }));
  expect(rooms).toHaveLength(2);
  expect(rooms).toContainEqual({ hostNetwork: true, tone: 'good', refusal: undefined });
  expect(rooms?.find((room) => room.tone !== 'good')?.refusal).toBe('kernel: port 80 in use');
  expect(house?.doors.filter((door) => door.port === 80)).toHaveLength(1);
});
