import { describe, expect, it } from 'vitest';
import { dyn } from '@/kubernetes/cel/check';
import { compile } from '@/kubernetes/cel/program';

const declared = new Map([['object', dyn]]);
const typeOf = (source: string) => compile(source, declared).type.name;

// apiserver/pkg/cel/library, cel-go ext
describe('the functions of the server’s libraries', () => {
  it.each([
    ["url('https://a').getHost()", 'string'],
    ["quantity('1').add(quantity('2')).compareTo(quantity('3'))", 'int'],
    ["ip('::1').isLoopback()", 'bool'],
    ["cidr('10.0.0.0/8').ip()", 'net.IP'],
    ['sets.contains([1], [1])', 'bool'],
    ["semver('v1', true).major()", 'int'],
    ["format.dns1123Label().validate('a').hasValue()", 'bool'],
    ["format.named('uri').value()", 'kubernetes.NamedFormat'],
    ['optional.of(1).orValue(2)', 'int'],
    ['[1, 2].sum()', 'int'],
    ["['a'].indexOf('a')", 'int'],
    ["'a,b'.split(',')[0].charAt(0)", 'string'],
    ["timestamp('2024-01-01T00:00:00Z') - timestamp('2025-01-01T00:00:00Z')", 'duration'],
    ["timestamp('2024-01-01T00:00:00Z') < timestamp('2025-01-01T00:00:00Z')", 'bool'],
    ['type(1) == string', 'bool'],
    ["'%s is %d'.format(['a', 1])", 'string'],
    ['object.metadata.name.matches(object.spec.pattern)', 'bool'],
  ])('%s is of type %s', (source, type) => {
    expect(typeOf(source)).toBe(type);
  });

  // checker/checker.go `resolveOverload`, cel/validator.go
  it.each([
    ["'a'.startsWith(1)", 15 - 1, "found no matching overload for 'startsWith' applied to 'string.(int)'"],
    ["startsWith('a', 'b')", 10, "found no matching overload for 'startsWith' applied to '(string, string)'"],
    ['sets.contains([1], 1)', 13, "found no matching overload for 'sets.contains' applied to '(list(int), int)'"],
    ["[1]['a']", 3, "found no matching overload for '_[_]' applied to '(list(int), string)'"],
    ['null < 1', 5, "found no matching overload for '_<_' applied to '(null, int)'"],
    ['1 && true', 0, "expected type 'bool' but found 'int'"],
    ["[1, 'a']", 4, "expected type 'int' but found 'string'"],
    ['9223372036854775808', 0, 'invalid int literal'],
  ])('%s', (source, offset, text) => {
    expect(() => typeOf(source)).toThrow(`ERROR: <input>:1:${offset + 1}: ${text}\n`);
  });

  it('that are not simulated are called so when they are run', () => {
    expect(() => compile("ip('::1').isLoopback()", declared).evaluate(new Map())).toThrow(
      'the function isLoopback is not simulated',
    );
  });
});
