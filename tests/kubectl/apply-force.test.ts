import { expect, it } from 'vitest';
import { simulate } from '@/course/simulation';
import { MemoryFiles } from '@/course/memory-files';
import { runLine } from '@/shell/interpreter';
import { parsePlace } from '@/shell/place';
import { Session } from '@/shell/session';

const pod = (port: number) =>
  `apiVersion: v1\nkind: Pod\nmetadata: {name: web}\nspec: {containers: [{name: web, image: nginx:1.25, ports: [{containerPort: ${port}}]}]}\n`;

function played() {
  const cluster = simulate({
    name: 'one',
    nodes: [{ name: 'node1', internalIP: '10.0.0.11', podCIDR: '10.244.1.0/24' }],
  });
  const files = new MemoryFiles({ 'a.yaml': pod(80), 'b.yaml': pod(81) });
  const session = new Session(cluster, parsePlace('client', []), { files });
  const line = (text: string) => cluster.run(runLine(session, text));
  line('kubectl apply -f a.yaml');
  cluster.advance(5000);
  return line;
}

// kubectl/pkg/cmd/apply/patcher.go `deleteAndCreate`
it('gives up making a Pod anew that takes its time to go, unless it is told to wait', () => {
  const told = played()('kubectl apply -f b.yaml --force');
  expect(told.exitCode).toBe(1);
  expect(told.stderr).toMatch(
    /^error: error when applying patch:\n\{"apiVersion":"v1","kind":"Pod",.*\}\n\nto:\nResource: "\/v1, Resource=pods", GroupVersionKind: "\/v1, Kind=Pod"\nName: "web", Namespace: "default"\nfor: "b.yaml": context deadline exceeded\n$/,
  );
  expect(played()('kubectl apply -f b.yaml --force --timeout=30s')).toMatchObject({
    stdout: 'pod/web configured\n',
    exitCode: 0,
  });
});
