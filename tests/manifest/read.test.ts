import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Manifest, readManifest } from '@/manifest/read';

function valueOf(text: string): unknown {
  const manifest = readManifest(text);
  expect(manifest.errors).toEqual([]);
  return manifest.documents[0]?.value;
}

/** What a reading says, without the places. */
function answer({ documents, errors }: Manifest): string {
  return JSON.stringify([documents.map(({ value }) => value), errors]);
}

function errorOf(text: string): string | undefined {
  return readManifest(text).errors[0]?.message;
}

describe('scalars', () => {
  it.each<[string, unknown]>([
    ['yes', true],
    ['On', true],
    ['n', false],
    ['OFF', false],
    ['017', 15],
    ['0o17', 15],
    ['0x1F', 31],
    ['0b11', 3],
    ['-0b11', -3],
    ['1e3', 1000],
    ['1_000', 1000],
    ['080', 80],
    ['1.10', 1.1],
    ['.5', 0.5],
    ['12:30:45', '12:30:45'],
    ['8080:80', '8080:80'],
    ['2001-01-01', '2001-01-01'],
    ['~', null],
    ['', null],
    ['"80"', '80'],
    ["'yes'", 'yes'],
    ['!!str 80', '80'],
    ['!!float 1', 1],
    ['!custom 80', '80'],
    ['1e400', '1e400'],
  ])('%s', (text, value) => {
    expect(valueOf(`a: ${text}\n`)).toEqual({ a: value });
  });

  it('folds, chomps and escapes', () => {
    expect(valueOf('a: |\n  x\n  y\nb: >-\n  x\n  y\n\n  z\nc: "\\u00e9\\\n  \\x41"\n')).toEqual({
      a: 'x\ny\n',
      b: 'x y\nz',
      c: 'éA',
    });
  });
});

describe('maps', () => {
  it('lets the last of equal keys win', () => {
    expect(valueOf('a: 1\nb: 2\na: 3\n')).toEqual({ a: 3, b: 2 });
  });

  it('merges in order: keys before << are overridden, keys after it win', () => {
    expect(valueOf('base: &b {x: 1, z: 1}\nuse:\n  x: 0\n  <<: *b\n  z: 2\n')).toEqual({
      base: { x: 1, z: 1 },
      use: { x: 1, z: 2 },
    });
  });

  it('turns keys into text', () => {
    expect(valueOf('80: a\ntrue: b\n1.5: c\n')).toEqual({ 80: 'a', true: 'b', 1.5: 'c' });
  });

  it('keeps __proto__ a key like any other', () => {
    expect(Object.keys(valueOf('__proto__: 1\n') as object)).toEqual(['__proto__']);
  });
});

describe('documents', () => {
  it('skips what holds nothing', () => {
    const { documents } = readManifest('# only words\n---\na: 1\n--- # again\n\n---\nb: 2\n');
    expect(documents.map(({ value, index }) => [index, value])).toEqual([
      [0, { a: 1 }],
      [1, { b: 2 }],
    ]);
  });

  it('ends reading at the first error and keeps what came before', () => {
    const { documents, errors } = readManifest('a: 1\n---\nb: [\n---\nc: 3\n');
    expect(documents).toHaveLength(1);
    expect(errors).toHaveLength(1);
    expect(errors[0]?.document).toBe(1);
  });

  it('reads CRLF, a byte order mark and JSON after JSON', () => {
    expect(valueOf('\ufeffa: b\r\nc: d\r\n')).toEqual({ a: 'b', c: 'd' });
    expect(readManifest('{"a":1}\n{"b":2}{"c":3}').documents).toHaveLength(3);
    expect(valueOf('{"a": 1,}')).toEqual({ a: 1 });
  });
});

describe('errors in the words of kubectl', () => {
  const yaml = 'error converting YAML to JSON: yaml: ';
  it.each([
    ['apiVersion: v1\nkind: Pod\nmetadata:\n  name: x\n labels: {}\n', `${yaml}line 4: did not find expected key`],
    ['a: b\n  c: d\n', `${yaml}line 2: mapping values are not allowed in this context`],
    ['kind: Pod: x\n', `${yaml}mapping values are not allowed in this context`],
    ['a:\n\tb: c\n', `${yaml}line 2: found character that cannot start any token`],
    ['a: b\n\tc: d\n', `${yaml}line 2: found a tab character that violates indentation`],
    ['a: b\nc: "d\n', `${yaml}line 3: found unexpected end of stream`],
    ['a: {b: 1\nc: 2\n', `${yaml}line 1: did not find expected ',' or '}'`],
    ['a: *x\n', `${yaml}unknown anchor 'x' referenced`],
    ['a: &a [*a]\n', `${yaml}anchor 'a' value contains itself`],
    ['a: "\\q"\n', `${yaml}found unknown escape character`],
    ['a: \u0007\n', `${yaml}control characters are not allowed`],
    ['%YAML 1.1\n---\na: b\n', `${yaml}line 1: did not find expected <document start>`],
    ['? [a, 1]\n: b\n', `${yaml}invalid map key: []interface {}{"a", 1}`],
    ['a: !!int x\n', `${yaml}cannot decode !!str \`x\` as a !!int`],
    ['a: .inf\n', 'error converting YAML to JSON: json: unsupported value: +Inf'],
    ['a: b\n----\n', 'invalid Yaml document separator: -'],
    ['{"a": 1 "b": 2} x', `json: offset 9: invalid character '"' after object key:value pair`],
    ['{"a": ', 'unexpected EOF'],
  ])('%j', (text, message) => {
    expect(errorOf(text)).toBe(message);
  });

  it('points at the place', () => {
    expect(readManifest('a: b\nkind: Pod: x\n').errors[0]?.range).toEqual({
      start: { line: 1, character: 9 },
      end: { line: 1, character: 12 },
    });
  });
});

describe('hostile input', () => {
  it.each([
    ['deep lists', `a: ${'['.repeat(9999)}${']'.repeat(9999)}`],
    ['deep blocks', '- '.repeat(200_000)],
    ['deep JSON', `{"a":${'['.repeat(100_000)}`],
    ['long separator', '-'.repeat(5_000_000)],
    [
      'alias bomb',
      `a: &a [1,1,1,1,1,1,1,1,1,1]\n${[...'bcdefgh']
        .map(
          (name, i) =>
            `${name}: &${name} [${Array(10)
              .fill(`*${'abcdefg'[i] ?? ''}`)
              .join(',')}]`,
        )
        .join('\n')}`,
    ],
  ])('%s is one clear error', (_name, text) => {
    expect(readManifest(text).errors).toHaveLength(1);
  });

  it('never throws and answers the same twice', () => {
    const piece = fc.constantFrom(
      'a',
      ': ',
      '- ',
      '\n',
      '  ',
      '[',
      ']',
      '{',
      '}',
      ',',
      '"',
      "'",
      '|',
      '>',
      '&x ',
      '*x',
      '!!int ',
      '#',
      '\t',
      '---\n',
      '<<',
      '? ',
      '%',
      '@',
      '\r',
      '\u0085',
      '\ufeff',
      '0x',
      '1e',
      '{"a":1}',
    );
    const text = fc.oneof(
      fc.array(piece, { maxLength: 60 }).map((parts) => parts.join('')),
      fc.string({ unit: 'binary', maxLength: 80 }),
    );
    fc.assert(
      fc.property(text, (input) => {
        const first = readManifest(input);
        expect(first.errors.length).toBeLessThanOrEqual(1);
        expect(answer(readManifest(input))).toBe(answer(first));
        for (const document of first.documents) document.rangeOf('a.b[0].c');
      }),
      { numRuns: 600, seed: 7 },
    );
  }, 30_000);
});
