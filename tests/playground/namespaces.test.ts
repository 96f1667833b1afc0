import { expect, it } from 'vitest';
import { findWorld } from '@/course/worlds';
import { Engine } from '@/playground/session/engine';

const pod = (
  name: string,
  more: string,
) => `printf '%s' '{apiVersion: v1, kind: Pod, metadata: {name: ${name}, ${more}}, spec: \
{hostNetwork: true, nodeName: w1, containers: [{name: c, image: "nginx:1.23.1"}]}}' | kubectl apply -f -`;

function run(engine: Engine, ...lines: string[]): void {
  for (const line of lines) engine.perform({ kind: 'run', place: 'client', line });
  engine.perform({ kind: 'advance', by: 10_000 });
}

it('prints the tables of all namespaces as soon as something of the reader stands outside of default', () => {
  const world = findWorld('lab-4');
  if (!world) throw new Error('no world lab-4');
  const engine = new Engine(world);
  run(engine, 'kubectl create namespace monitoring');
  expect(engine.view().tables.services.head[0]).toBe('NAME');
  run(engine, pod('web', 'namespace: monitoring'));
  const { pods, services, sockets } = engine.view().tables;
  expect(pods.head.slice(0, 2)).toEqual(['NAMESPACE', 'NAME']);
  expect(pods.rows.find(([namespace]) => namespace === 'monitoring')?.slice(0, 4)).toEqual([
    'monitoring',
    'web',
    '1/1',
    'Running',
  ]);
  expect(services.rows[0]?.slice(0, 2)).toEqual(['default', 'kubernetes']);
  expect(sockets.filter(({ program }) => program === 'nginx').map((one) => one.pod)).toContain('web -n monitoring');
});

it('has a terminal in a Pod of any namespace of the reader', () => {
  const world = findWorld('vm-3');
  if (!world) throw new Error('no world vm-3');
  const engine = new Engine(world);
  run(engine, 'kubectl create namespace monitoring');
  run(engine, 'kubectl run web -n monitoring --image=nginx:1.23.1');
  engine.perform({ kind: 'advance', by: 30_000 });
  expect(engine.view().places.filter((place) => place.includes('pod/'))).toEqual(['monitoring/pod/web']);
  const { output } = engine.perform({ kind: 'run', place: 'monitoring/pod/web', line: 'hostname' });
  expect(output.map(({ text }) => text).join('')).toBe('web\n');
});
