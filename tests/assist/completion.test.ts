import { describe, expect, test } from 'vitest';
import { applyEdits } from '@/manifest/apply-edits';
import type { Choice } from '@/assist/choice';
import { choicesAt } from '@/assist/completion';

/** The choices at the `|` of a text. */
function at(text: string): { choices: Choice[]; labels: string[]; take(label: string): string } {
  const before = text.slice(0, text.indexOf('|')).split('\n');
  const whole = text.replace('|', '');
  const position = { line: before.length - 1, character: before.at(-1)?.length ?? 0 };
  const choices = choicesAt(whole, position, { kubernetes: '1.36', nodeNames: ['node-1', 'node-2'] });
  return {
    choices,
    labels: choices.map(({ label }) => label),
    take(label) {
      const choice = choices.find((one) => one.label === label);
      if (!choice) throw new Error(`${label} is not among ${choices.map((one) => one.label).join(', ')}`);
      const plain = choice.insert.replace(/\$\{\d+:([^}]*)\}/g, '$1').replace(/\$\{\d+\|([^,}]*)[^}]*\}/g, '$1');
      const edits = [{ range: choice.range, newText: plain.replace(/\$\{(\d+)\}/g, '<$1>') }, ...(choice.also ?? [])];
      return applyEdits(whole, edits);
    },
  };
}

const pod = 'apiVersion: v1\nkind: Pod\nspec:\n';

describe('what can be written at a place', () => {
  test('fields of the type, those that must be there first, none twice', () => {
    const { choices, labels } = at(`${pod}  containers:\n    - name: web\n      image: nginx\n    - |`);
    expect(labels.slice(0, 2)).toEqual(['name', 'image']);
    expect(choices[0]).toMatchObject({ required: true, detail: 'string' });
    expect(at(`${pod}  containers:\n    - name: web\n      ima|\n  hostNetwork: true`).labels).not.toContain('name');
    expect(at(`${pod}  |\n  hostNetwork: true`).labels).not.toContain('hostNetwork');
  });

  test('what the schema asks for comes along, indented as the file is', () => {
    expect(at(`${pod}  containers:\n  - name: web\n    po|\n`).take('ports')).toBe(
      `${pod}  containers:\n  - name: web\n    ports:\n    - containerPort: <1>\n`,
    );
    expect(at(`${pod}  |`).take('containers')).toBe(`${pod}  containers:\n    - name: <1>\n      image: <2>`);
    expect(at('apiVersion: apps/v1\nkind: Deployment\n|').take('metadata')).toBe(
      'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: <1>',
    );
  });

  test('another item of a list', () => {
    expect(
      at(`${pod}  containers:\n    - name: web\n      ports:\n        - containerPort: 80\n        |`).take(
        '- ContainerPort',
      ),
    ).toBe(
      `${pod}  containers:\n    - name: web\n      ports:\n        - containerPort: 80\n        - containerPort: <1>`,
    );
  });

  test('values: enumerations, yes and no, nodes of the cluster, names of ports', () => {
    expect(at(`${pod}  dnsPolicy: |`).labels).toEqual(['ClusterFirst', 'ClusterFirstWithHostNet', 'Default', 'None']);
    expect(at(`${pod}  hostNetwork:|`).take('true')).toBe(`${pod}  hostNetwork: true`);
    expect(at(`${pod}  nodeName: no|`).labels).toEqual(['node-1', 'node-2']);
    const named = `${pod}  containers:\n    - name: web\n      ports:\n        - name: http\n          containerPort: 80\n`;
    expect(at(`${named}      livenessProbe:\n        httpGet:\n          port: |`).labels).toEqual(['http']);
  });

  test('a kind brings its apiVersion', () => {
    expect(at('kind: Dep|').take('Deployment')).toBe('apiVersion: apps/v1\nkind: Deployment');
    expect(at('apiVersion: v1\nkind: |\n').take('DaemonSet')).toBe('apiVersion: apps/v1\nkind: DaemonSet\n');
    expect(at('apiVersion: |\nkind: Ingress').labels[0]).toBe('networking.k8s.io/v1');
  });

  test('whole objects at the beginning of a document', () => {
    const { labels, take } = at('|');
    expect(labels).toEqual(expect.arrayContaining(['Deployment', 'DaemonSet, hostNetwork', 'Service', 'Pod']));
    expect(take('Service, NodePort')).toContain('type: NodePort\n  selector:\n    app: web\n');
    expect(at('a: b\n---\n|').labels).toContain('Deployment');
  });

  test('probes and ports as a whole', () => {
    expect(at(`${pod}  containers:\n    - name: web\n      |`).take('ports, with a host port')).toBe(
      `${pod}  containers:\n    - name: web\n      ports:\n        - containerPort: 80\n          hostPort: 8080\n          protocol: TCP`,
    );
  });

  test('between brackets, names only', () => {
    expect(at(`${pod}  containers: [{name: web, |}]`).take('image')).toBe(`${pod}  containers: [{name: web, image: }]`);
  });

  test('a name is exchanged without its value', () => {
    expect(at(`${pod}  hostNetw|rk: true`).take('hostNetwork')).toBe(`${pod}  hostNetwork: true`);
  });

  test('nothing in comments, in maps of one’s own, and for kinds nobody serves', () => {
    expect(at(`${pod}  # hos|`).labels).toEqual([]);
    expect(at(`${pod}  nodeSelector:\n    |`).labels).toEqual([]);
    expect(at('apiVersion: v1\nkind: Pot\nspec:\n  |').labels).toEqual([]);
    expect(at('apiVersion: v1\nkind: Pod\n|').labels).not.toContain('status');
  });
});
