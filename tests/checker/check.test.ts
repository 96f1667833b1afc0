import { describe, expect, it } from 'vitest';
import { check } from '@/checker/check';
import type { CheckOptions } from '@/checker/options';
import { courseImages } from '@/course/images';
import { findWorld } from '@/course/worlds';

function look(text: string, world = 'lab-4', options: Partial<CheckOptions> = {}) {
  const found = findWorld(world);
  if (!found) throw new Error(`no world ${world}`);
  return check(text, { world: found, images: courseImages(), ...options });
}

const deployment = (spec: string, replicas = 1) => `apiVersion: apps/v1
kind: Deployment
metadata:
  name: nginx
spec:
  replicas: ${replicas}
  selector:
    matchLabels: {app: nginx}
  template:
    metadata:
      labels: {app: nginx}
    spec:
${spec}`;

const hostNetwork = `      hostNetwork: true
      dnsPolicy: ClusterFirstWithHostNet
      containers:
      - name: nginx
        image: nginx:1.25
`;

describe('check', () => {
  it('knows the kinds of the chosen minor only', () => {
    const text = `apiVersion: admissionregistration.k8s.io/v1\nkind: MutatingAdmissionPolicy\nmetadata: {name: a}\nspec: {}\n`;
    const messages = (kubernetes: '1.35' | '1.36') =>
      look(text, 'lab-4', { kubernetes }).findings.map((one) => one.message);
    const unknown = 'no matches for kind "MutatingAdmissionPolicy" in version "admissionregistration.k8s.io/v1"';
    expect(messages('1.35')).toEqual([unknown]);
    expect(messages('1.36')).not.toContain(unknown);
  });

  it('finds nothing wrong with a plain Pod', () => {
    const text =
      'apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec: {containers: [{name: a, image: "nginx:1.25"}]}\n';
    expect(look(text).findings).toEqual([]);
  });

  it('points at an unknown field by its name', () => {
    const text =
      'apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec:\n  hostNetwrok: true\n  containers: [{name: a, image: "nginx:1.25"}]\n';
    const [finding] = look(text).findings;
    expect(finding).toMatchObject({
      speaker: 'api-server',
      severity: 'error',
      path: 'spec.hostNetwrok',
      message: 'unknown field "spec.hostNetwrok"',
      range: { start: { line: 4, character: 2 }, end: { line: 4, character: 13 } },
    });
  });

  it('points at a wrong value, and at the nearest parent of a missing one', () => {
    const text =
      'apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec:\n  containers:\n  - name: a\n    image: nginx:1.25\n    ports:\n    - containerPort: 70000\n    - hostPort: 80\n';
    const { findings } = look(text);
    expect(findings.map(({ message, range }) => [message, range.start])).toEqual([
      [
        'spec.containers[0].ports[0].containerPort: Invalid value: 70000: must be between 1 and 65535, inclusive',
        { line: 8, character: 21 },
      ],
      ['spec.containers[0].ports[1].containerPort: Required value', { line: 9, character: 6 }],
    ]);
  });

  it('says with the scheduler that a second declared port has no room', () => {
    const text = deployment(`${hostNetwork}        ports: [{containerPort: 80}]\n`, 2);
    const finding = look(text, 'one-node-cce').findings.find((one) => one.code === 'FailedScheduling');
    expect(finding).toMatchObject({
      speaker: 'scheduler',
      object: 'Deployment/nginx',
      lesson: 'l05',
      path: 'spec.template.spec.containers[0].ports[0].containerPort',
    });
    expect(finding?.message).toBe(
      "0/1 nodes are available: 1 node(s) didn't have free ports for the requested pod ports. no new claims to deallocate, preemption: 0/1 nodes are available: 1 No preemption victims found for incoming pod.",
    );
  });

  it('says with the kernel that a second undeclared port cannot be bound, and when', () => {
    const { findings } = look(deployment(hostNetwork, 2), 'one-node-cce');
    const crash = findings.find((one) => one.code === 'CrashLoopBackOff');
    expect(crash?.speaker).toBe('kernel');
    expect(crash?.path).toBe('spec.template.spec.containers[0]');
    expect(crash?.at).toBeGreaterThan(0);
    expect(findings.map((one) => one.code)).toContain('V01');
  });

  it('tells of Pod Security where it is asked to', () => {
    const text =
      'apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec: {hostNetwork: true, containers: [{name: a, image: "nginx:1.25"}]}\n';
    const [finding] = look(text, 'lab-4', { podSecurity: 'baseline' }).findings;
    expect(finding?.speaker).toBe('admission');
    expect(finding?.message).toBe(
      'pods "a" is forbidden: violates PodSecurity "baseline:latest": host namespaces (hostNetwork=true)',
    );
  });

  it('stops reading a file at its first syntax error, in the words of kubectl', () => {
    const { findings } = look('a: b\nkind: Pod: x\n');
    expect(findings).toHaveLength(1);
    expect(findings[0]).toMatchObject({
      speaker: 'kubectl',
      message: 'error converting YAML to JSON: yaml: line 2: mapping values are not allowed in this context',
      range: { start: { line: 1 } },
    });
  });

  it('says the same thing twice', () => {
    const text = deployment(hostNetwork, 2);
    expect(look(text)).toEqual(look(text));
  });
});

describe('namespaces', () => {
  const pod =
    'apiVersion: v1\nkind: Pod\nmetadata: {name: a, namespace: team}\nspec: {containers: [{name: a, image: "nginx:1.25"}]}\n';

  it.each([0, 120])('assumes one that the text does not bring (forecast %d s)', (forecast) => {
    const { findings } = look(pod, 'lab-4', { forecast });
    expect(findings.map((one) => [one.severity, one.code])).toEqual([['info', 'NamespaceAssumed']]);
  });

  it.each([0, 120])('uses one that the text brings (forecast %d s)', (forecast) => {
    const text = `apiVersion: v1\nkind: Namespace\nmetadata: {name: team}\n---\n${pod}`;
    expect(look(text, 'lab-4', { forecast }).findings).toEqual([]);
  });
});
