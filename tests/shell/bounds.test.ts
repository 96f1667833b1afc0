import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Cluster } from '@/kubernetes/cluster';
import { runLine } from '@/shell/interpreter';
import { BoundedRegExp } from '@/shell/language/bounded-regexp';
import { Session } from '@/shell/session';

const world = { name: 'bounds', nodes: [{ name: 'node1', internalIP: '10.0.0.11' }], kubelet: 'fake' as const };

/** Runs a line to its end, or for so many waits of virtual time. */
function play(line: string, waits = 3000) {
  const cluster = new Cluster(world);
  const task = runLine(new Session(cluster, { kind: 'node', name: 'node1' }), line);
  for (let turns = 0; turns < waits; turns++) {
    const turn = task.next();
    if (turn.done) return turn.value;
    cluster.advanceTo(Math.min(turn.value.until ?? cluster.clock.now + 1000, cluster.clock.now + 60_000));
  }
  task.return({ stdout: '', stderr: '', exitCode: 130 });
  throw new Error(`${line} goes on and on`);
}

const forks = 'bash: fork: Resource temporarily unavailable\n';
const spins = 'bash: stopped: 20000 commands ran without any time passing\n';
const full = 'bash: write error: No space left on device\n';

describe('what would take more than a machine has is stopped, and says so once', () => {
  it.each([
    [':(){ :|:& };:', ''],
    ['for i in {1..400}; do sleep 1 & done', forks],
    ['f() { f | f; }; f', forks],
    ['f() { echo $(f); }; f', forks],
    ["echo 'bash s & bash s' > s; bash s", forks],
    ["x='eval $x'; eval $x", forks],
    ['f() { f; }; f', 'bash: f: maximum function nesting level exceeded (100)\n'],
    ['while true; do :; done', spins],
    ['(while true; do :; done) | cat; echo after', spins],
    ['for ((;;)); do :; done', spins],
    ['x=aaaa; while :; do x=$x$x; done', 'bash: argument list too long\n'],
    ['x=aaaaaaaaaa; for i in {1..16}; do x=$x$x; done; echo ${x//a/$x}', 'bash: argument list too long\n'],
    ['echo abcdefgh > b; for i in {1..60}; do cat b b > c; mv c b; done', full],
    ['echo {1..1000000000}', 'bash: brace expansion: too many words\n'],
    ["printf '%1000000000s' x", 'bash: printf: not simulated: wider than 10000 characters\n'],
    ['seq 1 1000000000 | tail -1', 'seq: not simulated: more than 100000 numbers\n'],
    ['yes | tail -1', 'yes: not simulated: more than 100000 lines\n'],
    ['cat /dev/zero', 'cat: /dev/zero: not simulated: it never ends; head -c takes a part of it\n'],
    ['head -c 1G /dev/urandom | wc -c', 'head: /dev/urandom: not simulated: more than 1000000 bytes\n'],
  ])('%s', (line, message) => {
    expect(play(line).stderr).toBe(message);
  });

  it.each([
    ['yes | head -2', 'y\ny\n'],
    ['while true; do echo y; done | head -1', 'y\n'],
    ['seq 1000000000 2>/dev/null | head -2', '1\n2\n'],
    ['head -c 3 /dev/zero | wc -c', '3\n'],
    ['timeout 1 yes | head -1', 'y\n'],
  ])('a reader that has enough ends the writer: %s', (line, output) => {
    expect(play(line)).toMatchObject({ stdout: output, stderr: '' });
  });

  it.each([
    [`echo ${'a'.repeat(60)}! | grep -cE '^(a+)+$'`, '0\n'],
    [`echo ${'a'.repeat(60)}! | sed -E 's/^(a|aa)+$/x/'`, `${'a'.repeat(60)}!\n`],
    [`echo ${'a'.repeat(60)}! | awk '/^(a*)*$/{print "all"}'`, ''],
    [`[[ ${'a'.repeat(60)}! =~ ^(a+)+$ ]]; echo $?`, '1\n'],
    [`case ${'a'.repeat(90)} in ${'*a'.repeat(14)}*b) echo fits;; *) echo not;; esac`, 'not\n'],
    [`x=${'a'.repeat(90)}; echo \${x%%${'*a'.repeat(14)}*b}`, `${'a'.repeat(90)}\n`],
    [`x=a.b.c; echo \${x%.*} \${x%%.*}`, 'a.b a\n'],
  ])('an expression with endless ways through a text is tried in one: %#', (line, output) => {
    expect(play(line).stdout).toBe(output);
  });
});

describe('an expression that cannot run away', () => {
  const atom = fc.constantFrom(
    'a',
    'b',
    '.',
    '[ab]',
    '[^a]',
    '\\w',
    '(a)',
    '(?:ab)',
    '(a|b)',
    '(ab|a)',
    '^',
    '$',
    '\\b',
    'c',
  );
  const sign = fc.constantFrom('', '', '*', '+', '?', '{2}', '{1,2}', '{1,}', '*?');
  const source = fc
    .array(fc.tuple(atom, sign), { minLength: 1, maxLength: 6 })
    .map((parts) => parts.map(([one, two]) => (/^[\^$]$|^\\b$/.test(one) ? one : one + two)).join(''));

  it('finds what the browser finds, where both can', () => {
    const text = fc.string({ minLength: 17, maxLength: 26, unit: fc.constantFrom('a', 'b', 'c', ' ') });
    fc.assert(
      fc.property(source, text, (pattern, input) => {
        // Something repeated that repeats makes it search with its memory.
        const both = `(?:${pattern})(?:|(?:a?){2})`;
        const mine = new BoundedRegExp(both).exec(input);
        const theirs = new RegExp(both).exec(input);
        expect(mine && [...mine]).toEqual(theirs && [...theirs]);
        expect(mine?.index).toBe(theirs?.index);
        expect(input.replace(new BoundedRegExp(both, 'g'), '<$&>')).toBe(input.replace(new RegExp(both, 'g'), '<$&>'));
      }),
      { numRuns: 400 },
    );
  });

  it('refuses what it cannot bound', () => {
    expect(() => new BoundedRegExp('((a+)+)\\1$').exec(`${'a'.repeat(5000)}!`)).toThrow(RangeError);
  });
});
