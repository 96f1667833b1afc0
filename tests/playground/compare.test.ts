import { describe, expect, test } from 'vitest';
import { findWorld } from '@/course/worlds';
import { type DiffRow, type SectionName, diffSections } from '@/playground/compare/diff';
import { type FlipName, flip } from '@/playground/compare/flips';
import { sharedNames } from '@/playground/compare/names';
import { outcomes } from '@/playground/compare/outcome';
import { webDeployment } from '../web-deployment';

const pod = `# mine
apiVersion: v1
kind: Pod
metadata:
  name: web
spec:
  containers:
  - name: web
    image: nginx:1.25
    ports:
    - containerPort: 80 # http
`;
const deployment = webDeployment(3, '{containers: [{name: web, image: nginx}]}');
const world = findWorld('vm-3');
if (!world) throw new Error('no world');
const vm3 = world;

function compare(name: FlipName, text = pod): (section: SectionName) => readonly DiffRow[] {
  const pair = flip(name, text, vm3);
  if (!pair) throw new Error('cannot be flipped');
  const sections = diffSections(...outcomes(pair, 'web.yaml', 1, 20_000));
  return (name) => sections.find((section) => section.name === name)?.rows ?? [];
}

describe('a flip', () => {
  test('changes one field and leaves the rest of the text', () => {
    const pair = flip('hostNetwork', pod, vm3);
    expect(pair?.left.text).toBe(pod);

    expect(pair?.right.text).toContain('hostNetwork: true');
    expect(pair?.right.text).toContain('# http');
    expect(pair?.right.value).toBe('hostNetwork: true');
  });

  test('needs a place for the field', () => {
    expect(flip('replicas', pod, vm3)).toBeUndefined();
    expect(flip('hostPort', deployment, vm3)).toBeUndefined();
    expect(flip('hostNetwork', 'kind: Service\n', vm3)).toBeUndefined();
    expect(flip('hostNetwork', '{', vm3)).toBeUndefined();
    expect(flip('replicas', deployment, vm3)).toMatchObject({
      left: { value: 'replicas: 1' },
      right: { value: 'replicas: 3' },
    });
    expect(flip('version', pod, vm3)).toMatchObject({ left: { world: { kubernetes: '1.34' } } });
  });
});

describe('the outcomes of two clusters', () => {
  test('with hostNetwork differ in the address and in who answers', () => {
    const rows = compare('hostNetwork');
    expect(rows('pods')).toMatchObject([{ key: 'web', differs: true }]);
    expect(rows('pods')[0]?.left).toMatch(/Running · 1\/1 · node\d · 10\.244\./);
    expect(rows('pods')[0]?.right).toMatch(/Running · 1\/1 · node\d · 192\.168\.189\.20\d/);
    expect(rows('answer')).toMatchObject([{ left: 'pod/web created', differs: false }]);
    const curl = rows('curl').filter((row) => row.differs);
    expect(curl).toHaveLength(1);
    expect(curl[0]).toMatchObject({ left: expect.stringMatching(/^curl: \(7\)/), right: 'HTTP 200' });
  });

  test('with hostPort differ in a rule, and in no socket', () => {
    const rows = compare('hostPort');
    expect(rows('rules')).toMatchObject([{ differs: true, right: expect.stringContaining(':80 · web') }]);
    expect(rows('sockets')).toEqual([]);
  });

  test('do not differ by a declared port alone', () => {
    const rows = compare('ports');
    expect([...rows('pods'), ...rows('rules'), ...rows('curl')].filter((row) => row.differs)).toEqual([]);
  });
});

test('generated names are counted, given ones are kept', () => {
  const named = sharedNames(['web-5d4f8c7b9-x2k4p', 'web-5d4f8c7b9-zz9vw', 'db-0', 'client']);
  expect(named('Pod web-5d4f8c7b9-zz9vw beside db-0')).toBe('Pod web-…#2 beside db-0');
});

test('a selector binds the Pod to the node whose label it names', () => {
  const pair = flip('nodeSelector', pod, vm3);
  // The machine calls itself by another name than its Node.
  expect(pair?.right.value).toBe('nodeSelector: kubernetes.io/hostname: k8snode1');
  const rows = compare('nodeSelector')('pods');
  expect(rows.some((row) => row.right?.includes('node2'))).toBe(true);
});

test('a namespace that enforces baseline refuses what a privileged one takes', () => {
  const rows = compare('podSecurity', pod.replace('spec:', 'spec:\n  hostNetwork: true'))('answer');
  expect(rows[0]?.left).toBe('pod/web created');
  expect(rows[0]?.right).toContain('violates PodSecurity "baseline:latest": host namespaces (hostNetwork=true)');
});
