import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { findWorld } from '@/course/worlds';
import { Engine } from '@/playground/session/engine';
import { type View, viewOf } from '@/playground/session/view';

const text = readFileSync('content/manifests/nginx-deployment.yaml', 'utf8');

function crashLoop(): { engine: Engine; seen: { at: number; view: View }[] } {
  const world = findWorld('one-node-cce');
  if (!world) throw new Error('no world');
  const engine = new Engine(world, { 'nginx.yaml': text });
  const seen: { at: number; view: View }[] = [];
  const pass = (by: number, times: number) => {
    for (let i = 0; i < times; i++) {
      engine.perform({ kind: 'advance', by });
      seen.push({ at: engine.cluster.clock.now, view: structuredClone(viewOf(engine.cluster, 0)) });
    }
  };
  engine.perform({ kind: 'apply', file: 'nginx.yaml', text });
  pass(317, 40);
  engine.perform({ kind: 'run', place: 'client', line: 'kubectl scale deploy nginx --replicas=2' });
  pass(60_000, 12);
  engine.perform({ kind: 'run', place: 'client', line: 'kubectl delete deploy nginx' });
  pass(15_000, 6);
  return { engine, seen };
}

describe('a cluster as it stood at a moment', () => {
  test('shows objects, sockets, rules, logs and decisions as they were seen then', () => {
    const { engine, seen } = crashLoop();
    for (const { at, view } of seen) expect(viewOf(engine.cluster.asOf(at), 0), String(at)).toEqual(view);
  });

  test('is not written to, and writing goes on beside it', () => {
    const { engine, seen } = crashLoop();
    const at = seen[20]?.at ?? 0;
    const past = engine.cluster.asOf(at);
    const before = past.store.list('pods');
    expect(before).toHaveLength(1);
    expect(() => past.store.remove('pods', 'default', before[0]?.metadata.name ?? '')).toThrow('the past');
    engine.perform({ kind: 'apply', file: 'nginx.yaml', text });
    expect(past.store.list('pods')).toEqual(before);
    expect(past.clock.now).toBe(at);
  });
});
