import { expect, it } from 'vitest';
import { simulate } from '@/course/simulation';
import { runLine } from '@/shell/interpreter';
import { Session } from '@/shell/session';

function run(line: string) {
  const cluster = simulate({ name: 'lines', nodes: [{ name: 'node1', internalIP: '10.0.0.11' }], kubelet: 'fake' });
  return cluster.run(runLine(new Session(cluster, { kind: 'node', name: 'node1' }), line));
}

// What coreutils 9.1 prints for the same lines: src/digest.c, comm.c, fold.c, shuf.c
it.each([
  ['echo hi | sha256sum', '98ea6e4f216f2fb4b69fff9b3a44842c38686ca685f3f55dc48c5d3fb1107be4  -\n'],
  ["printf 'a\\nb\\nd\\n' > l; printf 'b\\nc\\nd\\n' > r; comm l r; comm -12 l r", 'a\n\t\tb\n\tc\n\t\td\nb\nd\n'],
  ["printf 'one two three four\\nfive' | fold -s -w 9", 'one two \nthree \nfour\nfive'],
  ['seq 9 | fold -w 7 | wc -l; echo aaaaaaa | fold -w 3', '9\naaa\naaa\na\n'],
  ["shuf -i 1-5 | sort -n | tr '\\n' ' '; seq 9 | shuf -n 3 | wc -l", '1 2 3 4 5 3\n'],
])('%s', (line, stdout) => {
  expect(run(line)).toEqual({ stdout, stderr: '', exitCode: 0 });
});

it('says what it cannot', () => {
  expect(run('bc')).toMatchObject({
    stderr: 'bc: not simulated: $(( … )) reckons with whole numbers, awk with others\n',
    exitCode: 127,
  });
  expect(run('fold -w 0').stderr).toBe('fold: invalid number of columns: ‘0’: Numerical result out of range\n');
});
