import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Finding } from '@/checker/finding';
import { applyEdits } from '@/manifest/apply-edits';
import { findingsOf } from './findings-of';

const manifest = `apiVersion: apps/v1
kind: Deployment
metadata: {name: web, labels: &l {app: web}}
spec:
  replicas: 2
  selector: {matchLabels: *l}
  template:
    metadata: {labels: *l}
    spec:
      hostNetwork: true
      containers:
        - name: web # the web
          image: "nginx:1.27"
          args: ["--port=80", 'x']
          env: [{name: A, value: "1"}]
          ports:
            - {name: http, containerPort: 80}
            - containerPort: 443
---
apiVersion: v1
kind: List
items:
- {apiVersion: v1, kind: Service, metadata: {name: web}, spec: {selector: {app: web}, ports: [{port: 80}]}}
- apiVersion: v1
  kind: Pod
  metadata: {name: a, namespace: team}
  spec: {hostNetwork: yes, containers: [{name: a, image: nginx, ports: [{containerPort: 80, hostPort: 81}]}]}
`;

/** Pieces that mean something to a reader of YAML, or are known to break one. */
const pieces = fc.constantFrom(
  ...['\n', '  ', '\t', ': ', '- ', '---\n', '{', '}', '[', ']', '"', "'", '#', '|\n', '&l ', '*l', '<<: *l', '!!str '],
  ...[
    '\r',
    '\r\n',
    '\ufeff',
    '\0',
    '\ud800',
    '\u2028',
    '__proto__: ',
    'null',
    '~',
    '1e999',
    '0x',
    '.nan',
    ',',
    '%',
    '?',
  ],
);

const mutation = fc.record({
  at: fc.nat({ max: manifest.length }),
  cut: fc.nat({ max: 12 }),
  insert: fc.oneof(pieces, fc.string({ maxLength: 6 }), fc.constant('')),
});

const mutated = fc
  .array(mutation, { minLength: 1, maxLength: 6 })
  .map((all) => all.reduce((text, { at, cut, insert }) => text.slice(0, at) + insert + text.slice(at + cut), manifest));

const bytes = fc.uint8Array({ maxLength: 400 }).map((raw) => new TextDecoder().decode(raw));

/** What holds of the answer to any text. */
function sound(text: string, findings: readonly Finding[]): void {
  const lines = text.split(/\r\n|\r|\n/);
  for (const { range, fixes } of findings) {
    for (const { line, character } of [range.start, range.end]) {
      expect(line).toBeLessThan(lines.length);
      expect(character).toBeLessThanOrEqual(lines[line]?.length ?? 0);
    }
    for (const { edits } of fixes) expect(applyEdits(text, edits)).not.toBe(text);
  }
}

describe('any text', () => {
  it.each([
    ['a manifest with slips', mutated, 120],
    ['bytes', bytes, 120],
  ])('%s is answered, twice the same', { timeout: 120_000 }, (_name, texts, runs) => {
    fc.assert(
      fc.property(texts, (text) => {
        const findings = findingsOf(text);
        sound(text, findings);
        expect(findingsOf(text)).toEqual(findings);
      }),
      { seed: 20261121, numRuns: runs },
    );
  });

  it('a fix takes its own finding away, wherever slips have brought one about', { timeout: 120_000 }, () => {
    fc.assert(
      fc.property(mutated, (text) => {
        const findings = findingsOf(text);
        for (const { fixes, code, message, path } of findings) {
          const [fix] = fixes;
          if (!fix) continue;
          const left = findingsOf(applyEdits(text, fix.edits));
          const same = (one: Finding) => one.code === code && one.path === path && one.message === message;
          expect(left.filter(same).length).toBeLessThan(findings.filter(same).length);
        }
      }),
      { seed: 7, numRuns: 100 },
    );
  });
});

describe('texts made to do harm', () => {
  const levels = 'abcdefghij'.split('');
  const bomb = levels.map(
    (name, i) =>
      `${name}: &${name} [${Array(9)
        .fill(i === 0 ? 'x' : `*${levels[i - 1] ?? ''}`)
        .join()}]`,
  );

  it.each([
    ['an alias bomb', `${bomb.join('\n')}\n`, 'excessive aliasing'],
    ['twenty thousand brackets', '['.repeat(20_000), 'exceeded max depth'],
    ['ten thousand braces, as JSON', '{"a":'.repeat(10_000), 'exceeded max depth'],
    [
      'ten thousand indented keys',
      Array.from({ length: 2000 }, (_, i) => `${' '.repeat(i)}a:`).join('\n'),
      'exceeded max depth',
    ],
    ['five megabytes of dashes', '-'.repeat(5_000_000), 'invalid Yaml document separator'],
  ])('%s ends in one clear error', { timeout: 60_000 }, (_name, text, words) => {
    const findings = findingsOf(text);
    expect(findings.map((one) => one.severity)).toEqual(['error']);
    expect(findings[0]?.message).toContain(words);
  });

  it('a thousand values of a wrong type are not told one by one', { timeout: 60_000 }, () => {
    const env = Array.from({ length: 1000 }, (_, i) => `{name: A${i}, value: [${i}]}`).join(', ');
    const text = `apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec: {containers: [{name: a, image: "x:1", env: [${env}]}]}\n`;
    const errors = findingsOf(text).filter((one) => one.severity === 'error');
    expect(errors.length).toBe(25);
  });
});
