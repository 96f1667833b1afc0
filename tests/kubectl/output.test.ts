import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { humanDuration } from '@/kubectl/output/duration';
import { goJson } from '@/kubernetes/strconv/go-json';
import { goTemplate } from '@/kubectl/output/go-template';
import { jsonPathTemplate } from '@/kubectl/output/jsonpath';
import { toKyaml } from '@/kubectl/output/kyaml';
import { printTable } from '@/kubectl/output/table';
import { unifiedDiff } from '@/kubectl/output/unified-diff';
import { toYaml } from '@/kubectl/output/yaml';
import { yamlKeys } from '@/kubectl/output/yaml-keys';

// sigs.k8s.io/yaml/kyaml `renderString`, `needsQuotes`
describe('KYAML', () => {
  it('folds long strings line by line', () => {
    expect(toKyaml({ data: { multi: 'a\n b\n', k: '"', '1a': 'x', '10': 'y' } })).toBe(
      '{\n  data: {\n    "10": "y",\n    1a: "x",\n    k: "\\"",\n    multi: "\\\n       a\\n\\\n      \\ b\\n\\\n      ",\n  },\n}\n',
    );
  });
});

describe('YAML', () => {
  it('sorts keys and puts lists under their key without indent', () => {
    const value = {
      kind: 'Pod',
      apiVersion: 'v1',
      spec: { containers: [{ name: 'web', args: ['a'], env: [] }] },
      status: {},
    };
    expect(toYaml(value)).toBe(
      'apiVersion: v1\nkind: Pod\nspec:\n  containers:\n  - args:\n    - a\n    env: []\n    name: web\nstatus: {}\n',
    );
  });

  // go.yaml.in/yaml/v2 sorter.go; the order is that of `kubectl get cm -o yaml` (v1.36.2).
  it('sorts numbers within keys by their size', () => {
    const keys = ['key10', 'key02', 'key2', 'a09', 'a9', 'ab', 'a_b', 'a.b', '10', '9', '1.10', '1.9', '1', 'Key3'];
    const sorted = yamlKeys(Object.fromEntries([...keys, 'key-1', 'key'].map((key) => [key, ''])));
    expect(sorted.join(' ')).toBe('1 1.9 1.10 9 10 Key3 a.b a_b a9 a09 ab key key-1 key2 key02 key10');
  });

  it('quotes what would not be read back as a text', () => {
    const value = {
      a: '80',
      b: 'true',
      c: 'y',
      d: '',
      e: '1e3',
      f: '12:30',
      g: '0x1F',
      h: 'plain',
      i: 'a: b',
      j: '-',
      k: ' x',
      l: '~',
    };
    expect(toYaml(value).split('\n')).toEqual([
      'a: "80"',
      'b: "true"',
      'c: "y"',
      'd: ""',
      'e: "1e3"',
      'f: "12:30"',
      'g: "0x1F"',
      'h: plain',
      "i: 'a: b'",
      "j: '-'",
      "k: ' x'",
      'l: "~"',
      '',
    ]);
  });

  it('writes several lines as a block, folds long ones at a space', () => {
    expect(toYaml({ a: 'x\ny\n' })).toBe('a: |\n  x\n  y\n');
    expect(toYaml({ a: 'x\ny' })).toBe('a: |-\n  x\n  y\n');
    const words = 'LimitRanger plugin set: cpu request for container hostnames';
    expect(toYaml({ metadata: { annotations: { 'kubernetes.io/limit-ranger': words } } })).toBe(
      "metadata:\n  annotations:\n    kubernetes.io/limit-ranger: 'LimitRanger plugin set: cpu request for container\n      hostnames'\n",
    );
  });

  it('is read back as it was', () => {
    fc.assert(
      fc.property(
        fc.array(fc.string({ unit: 'grapheme-ascii' }).filter((text) => !/^[-+._\deE]*$/.test(text))),
        (texts) => {
          expect(parse(toYaml({ texts }), { version: '1.1' })).toEqual({ texts });
        },
      ),
    );
  });
});

describe('JSON', () => {
  it('sorts keys and escapes as Go does', () => {
    expect(goJson({ b: '<a&b>', a: [1, null, true] })).toBe('{"a":[1,null,true],"b":"\\u003ca\\u0026b\\u003e"}');
    expect(goJson({ a: {}, b: [{}] }, 4)).toBe('{\n    "a": {},\n    "b": [\n        {}\n    ]\n}');
  });
});

describe('JSONPath', () => {
  const pods = {
    items: [
      { metadata: { name: 'a' }, spec: { ports: [80, 443] } },
      { metadata: { name: 'b' }, spec: {} },
    ],
  };
  it.each([
    ['{.items[*].metadata.name}', 'a b'],
    ['{.items[0].spec.ports}', '[80,443]'],
    ['{.items[-1:].metadata.name}', 'b'],
    ['{range .items[*]}{.metadata.name}{"\\t"}{end}', 'a\tb\t'],
    ['{.items[?(@.metadata.name=="b")].metadata.name}', 'b'],
    ['{..name}', 'a b'],
    ['{.nothing}', ''],
    ['name={.items[0].metadata.name}', 'name=a'],
  ])('%s', (template, text) => {
    expect(jsonPathTemplate(template)(pods)).toBe(text);
  });

  it('says what it cannot read', () => {
    expect(() => jsonPathTemplate('{.items')(pods)).toThrow('unclosed action');
    expect(() => jsonPathTemplate('{.items[a]}')(pods)).toThrow('invalid array index a');
    expect(() => jsonPathTemplate('{.items[7]}')(pods)).toThrow('array index out of bounds: index 7, length 2');
  });
});

describe('Go templates', () => {
  it.each([
    ['{{.metadata.name}}', 'web'],
    ['{{.x.y}}', '<no value>'],
    ['{{range .list}}{{.}},{{end}}', '1,2,'],
    ['{{if eq .metadata.name "web"}}yes{{else}}no{{end}}', 'yes'],
    ['{{range $i, $x := .list}}{{$i}}={{$x}} {{end}}', '0=1 1=2 '],
    ['{{len .list}} {{index .list 1}} {{printf "%s!" .metadata.name}}', '2 2 web!'],
  ])('%s', (template, text) => {
    expect(goTemplate(template, { metadata: { name: 'web' }, list: [1, 2] })).toBe(text);
  });
});

describe('durations', () => {
  it.each([
    [-5, '<invalid>'],
    [119, '119s'],
    [120, '2m'],
    [599, '9m59s'],
    [10_799, '179m'],
    [28_799, '7h59m'],
    [172_799, '47h'],
    [691_199, '7d23h'],
    [63_071_999, '729d'],
    [94_694_400, '3y1d'],
  ])('%d s', (seconds, text) => {
    expect(humanDuration(seconds * 1000)).toBe(text);
  });
});

describe('tables', () => {
  it('are as wide as their widest cell and three, at least six', () => {
    expect(
      printTable([
        ['A', 'B'],
        ['web', '<none>'],
      ]),
    ).toBe('A     B\nweb   <none>\n');
  });
});

describe('diff', () => {
  it('shows three lines around a change', () => {
    const before = ['1', '2', '3', '4', '5', '6', '7', '8', '9'].join('\n');
    expect(unifiedDiff(`${before}\n`, `${before.replace('5', 'x')}\n`)).toBe(
      '@@ -2,7 +2,7 @@\n 2\n 3\n 4\n-5\n+x\n 6\n 7\n 8\n',
    );
    expect(unifiedDiff('', 'a\nb\n')).toBe('@@ -0,0 +1,2 @@\n+a\n+b\n');
    expect(unifiedDiff('a\n', 'a\n')).toBe('');
    const lines = (edge: string, between: string) => [edge, ...between, edge, ''].join('\n');
    expect(unifiedDiff(lines('a', '123456'), lines('b', '123456')).match(/@@ /g)).toHaveLength(1);
    expect(unifiedDiff(lines('a', '1234567'), lines('b', '1234567')).match(/@@ /g)).toHaveLength(2);
  });
});
