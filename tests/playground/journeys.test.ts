import { expect, test } from 'vitest';
import { findWorld } from '@/course/worlds';
import { withProgress } from '@/playground/session/action';
import { Engine } from '@/playground/session/engine';

function engine(): Engine {
  const world = findWorld('lab-4');
  if (!world) throw new Error('no such world');
  return new Engine(world);
}

test('a command that connects brings the way of its packets; another one brings none', () => {
  const lab = engine();
  const curl = lab.perform({ kind: 'run', place: 'client', line: 'curl -s http://10.0.0.11:22/' });
  expect(curl.journeys).toMatchObject([{ from: 'client', to: { address: '10.0.0.11', port: 22 }, taker: 'sshd' }]);
  expect(lab.perform({ kind: 'run', place: 'client', line: 'kubectl get nodes' }).journeys).toBeUndefined();
});

test('a command that goes on tells of ways as it takes them, and of the first twenty only', () => {
  const lab = engine();
  const line = 'while sleep 1; do curl -s http://10.0.0.11:22/; done';
  let outcome = lab.perform({ kind: 'run', place: 'w2', line, open: true });
  expect(outcome.journeys).toBeUndefined();
  for (let step = 0; step < 3; step++) {
    lab.perform({ kind: 'advance', by: 10_500 });
    for (const progress of lab.progress()) outcome = withProgress(outcome, progress);
  }
  expect(outcome.journeys).toHaveLength(20);
  expect(outcome.journeys?.[19]).toMatchObject({ from: 'w2', result: 'answered' });
});
