import { describe, expect, test } from 'vitest';
import { factsAt } from '@/assist/facts';
import { formatted } from '@/assist/format';
import { hintsOf } from '@/assist/hints';

const deployment = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  selector:
    matchLabels:
      app: web
  template:
    metadata:
      labels:
        app: web
    spec:
      hostNetwork: true
      containers:
        - name: web
          image: nginx:1.27
          ports:
            - containerPort: 80
`;
const pod = deployment
  .slice(deployment.indexOf('    spec:'))
  .replace(/^ {4}/gm, '')
  .replace('spec:', 'apiVersion: v1\nkind: Pod\nmetadata:\n  name: web\nspec:');

/** Hints as `line: text`, those of Pods with a `*`. */
function hints(text: string): string[] {
  return hintsOf(text, '1.36').map(
    ({ position, fields }) =>
      `${position.line + 1}: ${fields.map((field) => field.text + (field.where === 'pod' ? '*' : '')).join(', ')}`,
  );
}

function facts(text: string, word: string) {
  const before = text.slice(0, text.indexOf(word)).split('\n');
  return factsAt(text, { line: before.length - 1, character: (before.at(-1)?.length ?? 0) + 1 }, '1.36');
}

describe('what will be filled in', () => {
  // pkg/apis/core/v1/defaults.go `SetDefaults_Pod`: host ports of Pods, and no longer of templates.
  test('a host port in a Pod of the node’s network', () => {
    expect(hints(pod).join('\n')).toMatch(/^11: (?=.*hostPort: 80)(?=.*protocol: TCP)/m);
  });

  test('of a template: in the Pods that are made of it', () => {
    expect(hints(deployment)).toEqual(
      expect.arrayContaining([
        '19: protocol: TCP, hostPort: 80*',
        expect.stringMatching(/^13: .*enableServiceLinks: true\*$/),
      ]),
    );
  });

  test('of a Service, and nothing that is written already', () => {
    const service = 'apiVersion: v1\nkind: Service\nmetadata: {name: web}\nspec:\n  ports: [{port: 80}]\n';
    expect(hints(service).join('\n')).toMatch(/^5: (?=.*protocol: TCP)(?=.*targetPort: 80)/m);
    expect(hints(service.replace('port: 80', 'port: 80, protocol: TCP')).join()).not.toContain('protocol');
  });

  test('nothing of what cannot be read', () => {
    expect(hints('a: [')).toEqual([]);
    expect(hints('kind: Pod\nspec: 3\napiVersion: v1\n')).toEqual([]);
  });
});

describe('what the server does with a field', () => {
  test('says type, necessity, values and what follows from it', () => {
    expect(facts(pod, 'containerPort')).toMatchObject({
      title: 'Pod.spec.containers.ports.containerPort',
      type: 'integer',
      required: true,
      adds: [
        { text: 'hostPort: 80', where: 'object' },
        { text: 'protocol: TCP', where: 'object' },
      ],
    });
    expect(facts(`${pod}          protocol: UDP\n`, 'protocol')).toMatchObject({
      enum: ['SCTP', 'TCP', 'UDP'],
      fallback: 'TCP',
    });
  });

  test('knows by trying what can be changed later', () => {
    // pkg/apis/core/validation/validation.go `ValidatePodUpdate`
    expect(facts(pod, 'hostNetwork')?.onChange).toEqual({
      kind: 'refused',
      message: expect.stringMatching(/^spec: Forbidden: pod updates may not change fields other than/),
    });
    expect(facts(pod, 'image')?.onChange).toEqual({ kind: 'taken' });
    expect(facts(deployment, 'hostNetwork')?.onChange).toEqual({ kind: 'rollout' });
    expect(facts(deployment, 'selector')?.onChange).toEqual({
      kind: 'refused',
      message: 'spec.selector: Invalid value: {"matchLabels":{"app":"web1"}}: field is immutable',
    });
    expect(facts(deployment, 'metadata')?.onChange).toBeUndefined();
  });

  test('knows fields of a text that is broken elsewhere', () => {
    expect(facts(`${pod}broken`, 'hostNetwork')).toMatchObject({ type: 'boolean', adds: [] });
    expect(facts(pod.replace('hostNetwork', 'hostNetwrok'), 'hostNetwrok')).toBeUndefined();
  });
});

describe('even indentation', () => {
  test('keeps comments, blank lines, long lines and every value as it was typed', () => {
    const text =
      '# top\nspec:\n    mode:   0644 # octal\n\n    list:\n    -   a: "x"\n        b: {c:  1.10}\n---\n# next\na: yes\n';
    expect(formatted(text)).toBe(
      '# top\nspec:\n  mode: 0644 # octal\n\n  list:\n  - a: "x"\n    b: {c: 1.10}\n---\n# next\na: yes\n',
    );
  });

  test('leaves alone what cannot be read', () => {
    expect(formatted('a: [')).toBeUndefined();
    expect(formatted('{"a": 1}')).toBeUndefined();
  });
});
