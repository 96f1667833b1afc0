import { describe, expect, it } from 'vitest';
import { editValue } from '@/manifest/edit';
import { removeField } from '@/manifest/remove';
import type { TextEdit } from '@/manifest/manifest';
import { readManifest } from '@/manifest/read';

const pod = `# the web
apiVersion: v1
kind: Pod
metadata:
  name: web # its name
spec:
  containers:
    - name: nginx
      image: nginx:alpine
      ports: [{containerPort: 80, hostPort: 8080}]
`;

function first(text: string) {
  const document = readManifest(text).documents[0];
  if (!document) throw new Error('no document');
  return document;
}

function apply(text: string, edits: readonly TextEdit[]): string {
  const lines = text.split('\n');
  const offset = ({ line, character }: TextEdit['range']['start']) =>
    lines.slice(0, line).reduce((sum, one) => sum + one.length + 1, 0) + character;
  return edits.reduce(
    (out, { range, newText }) => out.slice(0, offset(range.start)) + newText + out.slice(offset(range.end)),
    text,
  );
}

describe('rangeOf', () => {
  it('finds keys and values', () => {
    const { key, value, found } = first(pod).rangeOf('spec.containers[0].ports[0].hostPort');
    expect(found).toBe(true);
    expect(key?.start).toEqual({ line: 9, character: 34 });
    expect(value).toEqual({ start: { line: 9, character: 44 }, end: { line: 9, character: 48 } });
  });

  it('falls back to the nearest parent', () => {
    const { key, found } = first(pod).rangeOf('spec.hostNetwork');
    expect(found).toBe(false);
    expect(key?.start).toEqual({ line: 5, character: 0 });
  });

  it('reads keys in brackets and keys with dots', () => {
    const text = 'metadata:\n  labels:\n    app.kubernetes.io/name: web\n';
    const bracketed = first(text).rangeOf('metadata.labels[app.kubernetes.io/name]');
    expect(bracketed.value.start).toEqual({ line: 2, character: 28 });
    expect(first(text).rangeOf('metadata.labels.app.kubernetes.io/name')).toEqual(bracketed);
  });

  it('counts lines of the file in a later document', () => {
    const document = readManifest(`a: 1\r\n---\r\nb:\r\n  c: 2\r\n`).documents[1];
    expect(document?.rangeOf('b.c').value.start).toEqual({ line: 3, character: 5 });
  });
});

describe('editValue', () => {
  it('replaces a value and nothing else', () => {
    const edits = editValue(first(pod), 'metadata.name', 'on');
    expect(apply(pod, edits)).toBe(pod.replace('name: web #', 'name: "on" #'));
  });

  it('adds a field behind the last one', () => {
    const edits = editValue(first(pod), 'spec.hostNetwork', true);
    expect(first(apply(pod, edits)).value).toMatchObject({
      spec: { hostNetwork: true, containers: [{ name: 'nginx' }] },
    });
    expect(apply(pod, edits)).toContain('\n  hostNetwork: true');
  });

  it('adds missing parents', () => {
    const edits = editValue(first(pod), 'spec.containers[0].resources.limits.cpu', '100m');
    expect(first(apply(pod, edits)).value).toMatchObject({
      spec: { containers: [{ name: 'nginx', resources: { limits: { cpu: '100m' } } }] },
    });
  });

  it('adds inside braces', () => {
    const edits = editValue(first(pod), 'spec.containers[0].ports[0].protocol', 'UDP');
    expect(apply(pod, edits)).toContain('{containerPort: 80, hostPort: 8080, protocol: UDP}');
  });
});

describe('removeField', () => {
  it('takes a line out', () => {
    expect(apply(pod, removeField(first(pod), 'spec.containers[0].image'))).toBe(
      pod.replace('      image: nginx:alpine\n', ''),
    );
  });

  it('takes the first key of a list item out', () => {
    const text = apply(pod, removeField(first(pod), 'spec.containers[0].name'));
    expect(text).toContain('    - image: nginx:alpine');
  });

  it('takes an entry out of braces, with its comma', () => {
    expect(apply(pod, removeField(first(pod), 'spec.containers[0].ports[0].hostPort'))).toContain(
      '[{containerPort: 80}]',
    );
    expect(apply(pod, removeField(first(pod), 'spec.containers[0].ports[0].containerPort'))).toContain(
      '[{hostPort: 8080}]',
    );
  });

  it('leaves an empty map where the last key goes', () => {
    expect(first(apply('a:\n  b: 1\nc: 2\n', removeField(first('a:\n  b: 1\nc: 2\n'), 'a.b'))).value).toEqual({
      a: {},
      c: 2,
    });
  });
});
