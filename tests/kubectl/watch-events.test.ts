import { expect, it } from 'vitest';
import { Player } from '@/course/player';
import { simulate } from '@/course/simulation';

const world = { name: 'one', nodes: [{ name: 'node1', internalIP: '10.0.0.11', podCIDR: '10.244.1.0/24' }] };

/** What a line prints while a ConfigMap is labelled, unlabelled and deleted. */
function watched(line: string): string {
  const cluster = simulate(world);
  const player = new Player(cluster);
  const changes = 'kubectl label cm a x=y; kubectl label cm a x-; kubectl delete cm a';
  player.play({ text: 'kubectl create cm a' });
  return player
    .play({ text: `(sleep 1; ${changes}) >/dev/null & timeout 3 ${line}` })
    .stdout.replaceAll(/ \d+s$/gm, ' AGE');
}

// Upstream: cli-runtime/pkg/printers/tableprinter.go `formatEventType`, kubectl/pkg/cmd/get/get.go `watch`
it('tells what happened to each object before all else', () => {
  const lines = watched('kubectl get cm -A -w --output-watch-events --field-selector metadata.name=a').split('\n');
  expect(lines[0]).toMatch(/^EVENT +NAMESPACE +NAME +DATA +AGE$/);
  expect(lines.slice(1, -1).map((line) => line.replaceAll(/ +/g, ' '))).toEqual([
    'ADDED default a 0 AGE',
    'MODIFIED default a 0 AGE',
    'MODIFIED default a 0 AGE',
    'DELETED default a 0 AGE',
  ]);
});

// Upstream: apiserver/pkg/storage/etcd3/watcher.go `transform`
it('adds an object when it begins to match, and deletes it when it matches no more', () => {
  const lines = watched('kubectl get cm -l x=y -w --output-watch-events --no-headers').trimEnd().split('\n');
  expect(lines.map((line) => line.replaceAll(/ +/g, ' '))).toEqual(['ADDED a 0 AGE', 'DELETED a 0 AGE']);
});

it('prints an event on one line of JSON', () => {
  const [first = ''] = watched('kubectl get cm a -w --output-watch-events -o json').split('\n');
  expect(JSON.parse(first)).toMatchObject({ type: 'ADDED', object: { kind: 'ConfigMap', metadata: { name: 'a' } } });
});
