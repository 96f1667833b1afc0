import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bool, dyn, type Declarations } from '@/kubernetes/cel/check';
import { compile } from '@/kubernetes/cel/program';
import { type CelValue, fromJson } from '@/kubernetes/cel/value';

const declared: Declarations = new Map([
  ['object', dyn],
  ['variables', { name: 'kubernetes.variables', fields: new Map([['known', bool]]) }],
]);
const pod = {
  metadata: { name: 'web', labels: { app: 'web' } },
  spec: { containers: [{ name: 'a', ports: [{ containerPort: 80, hostPort: 8080 }] }, { name: 'b' }] },
};

function run(source: string): CelValue {
  return compile(source, declared).evaluate(new Map([['object', fromJson(pod)]]));
}

function complaint(source: string): string {
  try {
    compile(source, declared);
  } catch (error) {
    return error instanceof Error ? error.message : '';
  }
  return '';
}

describe('an expression', () => {
  it.each<[string, CelValue]>([
    ['1 + 2 * 3 - -4', 11n],
    ['7 / 2', 3n],
    ['dyn(1.0) == 1', true],
    ["'a' + \"b\" == 'ab' ? 'yes' : 'no'", 'yes'],
    ['has(object.spec.hostNetwork) && object.spec.hostNetwork', false],
    ['!has(object.spec.hostNetwork) || !object.spec.hostNetwork', true],
    ['object.spec.containers.all(c, !has(c.ports) || c.ports.all(p, !has(p.hostPort)))', false],
    ["object.spec.containers.exists_one(c, c.name == 'a')", true],
    ['object.spec.containers.map(c, has(c.ports), c.ports[0].hostPort)[0]', 8080n],
    ["object.spec.containers.filter(c, c.name in ['b', 'z']).size()", 1n],
    ["object.metadata.labels['app'].startsWith('we')", true],
    ["'containers: ' + string(object.spec.containers.size())", 'containers: 2'],
    ["'10.0.0.1'.matches('^10[.]') && {'a': 1}['a'] == 1", true],
    ['object.missing == 1 || true', true],
  ])('%s', (source, value) => {
    expect(run(source)).toEqual(value);
  });

  it.each([
    ['object.missing', 'no such key: missing'],
    ['object.spec.containers[5]', 'index out of bounds: 5'],
    ['1 / 0', 'division by zero'],
    ["quantity('1Gi')", 'the function quantity is not simulated'],
  ])('fails: %s', (source, message) => {
    expect(() => run(source)).toThrow(message);
  });

  it('counts as Go does in 64 bits', () => {
    fc.assert(
      fc.property(fc.integer(), fc.integer({ min: 1 }), (a, b) => {
        expect(run(`${a} / ${b}`)).toBe(BigInt(a) / BigInt(b));
        expect(run(`${a} < ${b}`)).toBe(a < b);
      }),
    );
  });
});

describe('an expression that is wrong', () => {
  it.each([
    [
      'object.spec.hostNetwork =',
      "ERROR: <input>:1:25: Syntax error: token recognition error at: '='\n | object.spec.hostNetwork =\n | ........................^",
    ],
    ['variables.nope', "ERROR: <input>:1:10: undefined field 'nope'\n | variables.nope\n | .........^"],
    [' padded ', "ERROR: <input>:1:2: undeclared reference to 'padded' (in container '')\n |  padded \n | .^"],
    [
      "1 + 'a'",
      "ERROR: <input>:1:3: found no matching overload for '_+_' applied to '(int, string)'\n | 1 + 'a'\n | ..^",
    ],
    ['a b', "ERROR: <input>:1:3: Syntax error: extraneous input 'b' expecting <EOF>\n | a b\n | ..^"],
  ])('%s', (source, message) => {
    expect(complaint(source)).toBe(message);
  });

  it('is named once for every place', () => {
    const beginnings =
      "{'[', '{', '(', '.', '-', '!', 'true', 'false', 'null', NUM_FLOAT, NUM_INT, NUM_UINT, STRING, BYTES, IDENTIFIER}";
    const at = (column: number) =>
      `ERROR: <input>:1:${column}: Syntax error: mismatched input '?' expecting ${beginnings}\n | ???\n | ${'.'.repeat(column - 1)}^`;
    expect(complaint('???')).toBe([at(1), at(2)].join('\n'));
  });
});
