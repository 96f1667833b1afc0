import { describe, expect, it } from 'vitest';
import { simulate } from '@/course/simulation';
import { runLine } from '@/shell/interpreter';
import { Session } from '@/shell/session';

const cluster = simulate({
  name: 'tools',
  nodes: [{ name: 'node1', internalIP: '10.0.0.11', podCIDR: '10.244.1.0/24' }],
});
const type = (line: string) => cluster.run(runLine(new Session(cluster, { kind: 'node', name: 'node1' }), line));

// coreutils 9.1, src/expr.c
describe('expr', () => {
  it.each([
    ['expr 3 + 4', '7\n', 0],
    ["expr '(' 1 + 2 ')' '*' 3", '9\n', 0],
    ['expr 10 % 3', '1\n', 0],
    ['expr 1 = 2', '0\n', 1],
    ["expr abc '<' abd", '1\n', 0],
    ["expr '' '|' b", 'b\n', 0],
    ["expr abc : 'a\\(b\\)c'", 'b\n', 0],
    ["expr abc : 'ab*'", '2\n', 0],
    ['expr substr hello 2 3', 'ell\n', 0],
    ['expr index hello l', '3\n', 0],
    ['i=1; i=`expr $i + 1`; echo $i', '2\n', 0],
  ])('%s', (line, stdout, exitCode) => {
    expect(type(line)).toMatchObject({ stdout, exitCode });
  });

  it.each([
    ['expr 1 / 0', 'division by zero'],
    ['expr a + 1', 'non-integer argument'],
    ['expr 3 +', 'syntax error: missing argument after ‘+’'],
    ['expr 3 4', 'syntax error: unexpected argument ‘4’'],
    ['expr', "missing operand\nTry 'expr --help' for more information."],
  ])('%s', (line, said) => {
    expect(type(line)).toMatchObject({ stderr: `expr: ${said}\n`, exitCode: 2 });
  });
});

// coreutils 9.1, src/od.c
describe('od', () => {
  it.each([
    ["printf 'abc\\n' | od -c", '0000000   a   b   c  \\n\n0000004\n'],
    ["printf 'abc' | od -An -tx1", ' 61 62 63\n'],
    ['printf %048d 0 | od -A d -t x1', '0000000 30 30 30 30 30 30 30 30 30 30 30 30 30 30 30 30\n*\n0000048\n'],
  ])('%s', (line, stdout) => {
    expect(type(line).stdout).toBe(stdout);
  });
});
