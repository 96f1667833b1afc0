import { expect, it } from 'vitest';
import { simulate } from '@/course/simulation';
import { runLine } from '@/shell/interpreter';
import { parsePlace } from '@/shell/place';
import { Session } from '@/shell/session';

const say = (text: string) => ({
  name: text,
  image: 'busybox:1.36',
  command: ['sh', '-c', `echo ${text}; sleep 3600`],
});

/** The orders in which the logs of two containers come, asked for again and again. */
function orders(chance: 'fixed' | 'drawn'): Map<string, number> {
  const cluster = simulate({ name: 'logs', chance, nodes: [{ name: 'node1', internalIP: '10.0.0.11' }] });
  cluster.client().create('pods', {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'two', namespace: 'default' },
    spec: { containers: [say('one'), say('two')] },
  });
  cluster.advance(10_000);
  const session = new Session(cluster, parsePlace('client', ['client']));
  const counts = new Map<string, number>();
  for (let i = 0; i < 80; i++) {
    cluster.advance(1000);
    const order = cluster.run(runLine(session, 'kubectl logs two --all-containers')).stdout.replaceAll('\n', ' ');
    counts.set(order, (counts.get(order) ?? 0) + 1);
  }
  return counts;
}

// logs.go `sequentialConsumeRequest` walks a Go map
it('asks for the logs of several containers in the order of a Go map, where chance is drawn', () => {
  expect([...orders('fixed')]).toEqual([['one two ', 80]]);
  const drawn = orders('drawn');
  expect([...drawn.keys()].sort()).toEqual(['one two ', 'two one ']);
  expect(drawn.get('one two ') ?? 0).toBeGreaterThan(55);
});
