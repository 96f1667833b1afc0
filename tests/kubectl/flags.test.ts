import { describe, expect, it } from 'vitest';
import { bool, duration, int, slice, string } from '@/kubectl/flags/flag';
import { parseFlags } from '@/kubectl/flags/flag-set';

const declared = [
  string('output', 'o'),
  bool('watch', 'w'),
  int('replicas'),
  slice('filename', 'f'),
  duration('timeout'),
  string('dry-run', undefined, 'none', 'unchanged'),
];
const parse = (...line: string[]) => parseFlags(declared, line);

describe('flags', () => {
  it('take values after a space, an equals sign or their letter', () => {
    for (const line of [['-o', 'wide'], ['-owide'], ['-o=wide'], ['--output', 'wide'], ['--output=wide']]) {
      expect(parse(...line).string('output')).toBe('wide');
    }
  });

  it('stand anywhere, and end at --', () => {
    const flags = parse('pods', '-w', 'web', '--', '-x', '--output=y');
    expect(flags.args).toEqual(['pods', 'web', '-x', '--output=y']);
    expect(flags.argsBeforeDash).toBe(2);
    expect(flags.bool('watch')).toBe(true);
  });

  it('mean something without a value where they say so', () => {
    expect(parse('--dry-run', 'web').args).toEqual(['web']);
    expect(parse('--dry-run').string('dry-run')).toBe('unchanged');
  });

  it('gather lists, split at commas', () => {
    expect(parse('-f', 'a,b', '-f', 'c').list('filename')).toEqual(['a', 'b', 'c']);
    expect(parse('-f', '').list('filename')).toEqual([]);
  });

  it.each([
    [['--nope'], 'unknown flag: --nope'],
    [['-z'], "unknown shorthand flag: 'z' in -z"],
    [['--output'], 'flag needs an argument: --output'],
    [['-o'], "flag needs an argument: 'o' in -o"],
    [['--replicas=x'], 'invalid argument "x" for "--replicas" flag: strconv.ParseInt: parsing "x": invalid syntax'],
    [
      ['--watch=maybe'],
      'invalid argument "maybe" for "-w, --watch" flag: strconv.ParseBool: parsing "maybe": invalid syntax',
    ],
    [['--timeout=5'], 'invalid argument "5" for "--timeout" flag: time: missing unit in duration "5"'],
  ])('%j is refused', (line, message) => {
    expect(() => parse(...line)).toThrow(message);
  });

  it('read durations', () => {
    expect(parse('--timeout=1m30s').number('timeout')).toBe(90_000);
  });
});
