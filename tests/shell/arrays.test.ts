import { describe, expect, it } from 'vitest';
import { simulate } from '@/course/simulation';
import { runLine } from '@/shell/interpreter';
import { Session } from '@/shell/session';

function run(line: string) {
  const cluster = simulate({ name: 'arrays', nodes: [{ name: 'node1', internalIP: '10.0.0.11' }], kubelet: 'fake' });
  return cluster.run(runLine(new Session(cluster, { kind: 'node', name: 'node1' }), line));
}

// What bash 5.2 prints for the same lines: arrayfunc.c, subst.c, builtins/mapfile.def
describe('arrays of bash', () => {
  it.each([
    ['a=(x y z); echo "${a[@]}" ${#a[@]} ${a[1]} $a ${a[-1]}', 'x y z 3 y x z\n'],
    ['a=(x "y z"); for i in "${a[@]}"; do echo "<$i>"; done', '<x>\n<y z>\n'],
    ['a=(); echo ${#a[@]}; a+=(1 2); a+=(3); unset "a[1]"; echo "${!a[@]}" "${a[@]}"', '0\n0 2 1 3\n'],
    [
      'declare -A m=([a]=1 [b c]=2); echo "${m[a]}" "${m[b c]}" ${#m[@]}; m[d]=4; echo ${m[d]} ${m[no]}.',
      '1 2 2\n4 .\n',
    ],
    ['declare -A c; for w in a b a; do ((c[$w]++)); done; echo ${c[a]} ${c[b]}', '2 1\n'],
    ['a=(10 20 30); i=1; echo $((a[1]+a[2])) ${a[i]} ${a[$i+1]}; a[5]=9; echo ${!a[@]}', '50 20 30\n0 1 2 5\n'],
    ['a=(a b c d); echo "${a[@]:1:2}" "${a[@]: -1}"; set -- 1 2 3; echo "${@:2}"', 'b c d\n2 3\n'],
    ['a=(aa ba ca); echo "${a[@]/a/X}" ${a[@]^^} ${#a[1]}', 'Xa bX cX AA BA CA 2\n'],
    ['f() { local a=(1 2); a+=(3); echo ${a[@]}; }; a=(z y x w); f; echo ${a[@]}', '1 2 3\nz y x w\n'],
    ['a=([2]=x y [0]=z); echo ${!a[@]} ${a[@]}', '0 2 3 z x y\n'],
    ['a=(1 2 3); unset a; echo "${a[@]-none}" "${#a[@]}" "${a[@]+set}"', 'none 0 \n'],
    ['a=(\n one # first\n two\n)\necho ${a[1]}', 'two\n'],
    ['a=(1 2 3); (a+=(4); echo ${#a[@]}); IFS=,; echo "${a[*]}"', '4\n1,2,3\n'],
    ['read -ra p <<< "a b c"; echo ${p[2]}', 'c\n'],
    ['mapfile -t l < <(printf \'a\\nb c\\n\'); echo ${#l[@]} "${l[1]}"', '2 b c\n'],
  ])('%s', (line, stdout) => {
    expect(run(line)).toEqual({ stdout, stderr: '', exitCode: 0 });
  });
});

it('reads what a list prints as a file', () => {
  expect(run('cat <(echo a) <(echo b); ls /dev/fd 2>/dev/null').stdout).toBe('a\nb\n');
  expect(run('while read x; do echo "[$x]"; done < <(printf "1\\n2\\n")').stdout).toBe('[1]\n[2]\n');
  expect(run('diff <(echo a) <(echo b)')).toMatchObject({ stdout: '1c1\n< a\n---\n> b\n', exitCode: 1 });
});

it('goes no further at a variable that is not set, after set -u', () => {
  expect(run('set -u; echo ${z:-ok}; echo $z; echo after')).toEqual({
    stdout: 'ok\n',
    stderr: 'bash: z: unbound variable\n',
    exitCode: 127,
  });
});
