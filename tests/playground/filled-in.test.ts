import { expect, test } from 'vitest';
import { findWorld } from '@/course/worlds';
import { Engine } from '@/playground/session/engine';

const pod = `apiVersion: v1
kind: Pod
metadata:
  name: web
spec:
  hostNetwork: true
  containers:
    - name: web
      image: nginx:alpine
      ports:
        - containerPort: 80
`;

function engine(): Engine {
  const world = findWorld('one-node-cce');
  if (!world) throw new Error('no such world');
  return new Engine(world);
}

test('the lines of an object that the server filled in are known', () => {
  const lab = engine();
  lab.perform({ kind: 'apply', file: 'web.yaml', text: pod });
  const { yaml, filledIn } = lab.look({ resource: 'pods', name: 'web', namespace: 'default' });
  const lines = yaml.split('\n');
  const marked = filledIn.map((line) => lines[line]?.trim());
  expect(marked).toContain('hostPort: 80');
  expect(marked).toContain('protocol: TCP');
  expect(marked).toContain('restartPolicy: Always');
  expect(marked).toContain('serviceAccountName: default');
  expect(marked).not.toContain('hostNetwork: true');
  expect(marked).not.toContain('- containerPort: 80');
  expect(marked.every((line) => line !== undefined && !/^(kind|status|uid)\b/.test(line))).toBe(true);
});

test('of an object that was not applied nothing is said', () => {
  const lab = engine();
  lab.perform({ kind: 'run', place: 'client', line: 'kubectl run web --image=nginx:alpine' });
  expect(lab.look({ resource: 'pods', name: 'web', namespace: 'default' }).filledIn).toEqual([]);
});
