import { describe, expect, it } from 'vitest';
import { Cluster } from '@/kubernetes/cluster';
import { runLine } from '@/shell/interpreter';
import { Session } from '@/shell/session';

/** What a line prints on a machine outside the cluster, whose shell is bash. */
function out(line: string): string {
  const cluster = new Cluster({
    name: 'test',
    nodes: [{ name: 'node1', internalIP: '10.0.0.11' }],
    without: ['kube-scheduler'],
  });
  const session = new Session(cluster, { kind: 'machine', name: 'client' });
  const { stdout, stderr } = cluster.run(runLine(session, line));
  return stdout + stderr;
}

// Every expected text is what bash 5.2 prints for the same line.
describe('braces', () => {
  it.each([
    ['for i in {1..3}; do echo $i; done', '1\n2\n3\n'],
    ['echo {a,b,c}.txt', 'a.txt b.txt c.txt\n'],
    ['echo {08..10} {1..10..3} {3..1} {a..e}', '08 09 10 1 4 7 10 3 2 1 a b c d e\n'],
    ['echo pre{x,y}post {a,b}{1,2}', 'prexpost preypost a1 a2 b1 b2\n'],
    ['echo {a,{b,c}d}', 'a bd cd\n'],
    ['echo a{b {} {x} "{a,b}" \'{1..2}\'', 'a{b {} {x} {a,b} {1..2}\n'],
    ['x=1; echo {$x,2}', '1 2\n'],
    ['echo {1..10000000}', 'bash: brace expansion: too many words\n'],
  ])('%s', (line, text) => expect(out(line)).toBe(text));
});

describe('conditions', () => {
  it.each([
    ['[[ web-1 == web-* && ! web == w ]] && echo yes', 'yes\n'],
    ['[[ web == "w*" ]] || echo no', 'no\n'],
    ['[[ abc =~ ^a(b|x)c$ ]] && echo yes', 'yes\n'],
    ['[[ 3 -gt 2 && ( 1 -eq 2 || a < b ) ]] && echo yes', 'yes\n'],
    ['x="a b"; [[ $x == "a b" ]] && echo yes', 'yes\n'],
    ['[[ -z "" || -n "" ]] && echo yes', 'yes\n'],
    ['[[ -f nosuch ]]; echo $?', '1\n'],
    ['if [[ $nothing ]]; then echo set; else echo empty; fi', 'empty\n'],
    ['[ 1 -eq x ]; echo $?', '2\nbash: [: x: integer expression expected\n'],
    ['[ a ; echo $?', "2\nbash: [: missing `]'\n"],
    ['[ ! a = b ] && echo yes', 'yes\n'],
  ])('%s', (line, text) => expect(out(line)).toBe(text));
});

describe('case', () => {
  it.each([
    ['case web in db) echo d;; w*|x) echo w;; *) echo other;; esac', 'w\n'],
    ['case b in (a) echo a;; (b) echo b; esac', 'b\n'],
    ['case "$x" in "") echo empty;; esac', 'empty\n'],
    ['case a in\n  a)\n    echo one\n    ;;\nesac', 'one\n'],
    ['case z in a) echo a;; esac; echo $?', '0\n'],
  ])('%s', (line, text) => expect(out(line)).toBe(text));
});

describe('functions', () => {
  it.each([
    ['f() { echo "$1 of $#: $@"; }; f x y', 'x of 2: x y\n'],
    ['function g { return 3; }; g; echo $?', '3\n'],
    ['f() { local x=in; echo $x; }; x=out; f; echo $x', 'in\nout\n'],
    ['f() { for a; do echo "[$a]"; done; }; f "a b" c', '[a b]\n[c]\n'],
    ['set -- a b c; echo $2 $#; shift; echo "$*"', 'b 3\nb c\n'],
    ['up() { while true; do return 4; done; }; up; echo $?', '4\n'],
    ["bash -c 'echo $0 $1' me you", 'me you\n'],
    ["x=1; bash -c 'echo [$x]'; export x; bash -c 'echo [$x]'", '[]\n[1]\n'],
    ['eval "y=2"; echo $y', '2\n'],
    ["echo 'z=3' > /tmp/s.sh; . /tmp/s.sh; echo $z", '3\n'],
    ['echo \'echo "$0 $1"\' > /tmp/s.sh; bash /tmp/s.sh a; /tmp/s.sh b', '/tmp/s.sh a\n/tmp/s.sh b\n'],
    ['f() { f; }; f', 'bash: f: maximum function nesting level exceeded (100)\n'],
  ])('%s', (line, text) => expect(out(line)).toBe(text));
});

describe('arithmetic', () => {
  it.each([
    ['echo $((2 ** 10)) $((7 / 2)) $((-7 % 3)) $((1 << 4)) $((0x1f)) $((010))', '1024 3 -1 16 31 8\n'],
    ['x=5; echo $((x > 3 ? 1 : 0)) $((x++)) $x $((++x)) $((x += 3)) $x', '1 5 6 7 10 10\n'],
    ['((3 > 2)) && echo yes; ((0)) || echo no', 'yes\nno\n'],
    ['for ((i = 0; i < 3; i++)); do echo $i; done', '0\n1\n2\n'],
    ['let n=3+4; echo $n', '7\n'],
    ['x=1+2; echo $((x * 2)) $((0 && y++)) $((5, 6)) $((~1)) $((6 & 3 | 8))', '6 0 6 -2 10\n'],
    ['echo $((1/0))', 'bash: 1/0: division by 0 (error token is "0")\n'],
    ['x+=a; x+=b; echo $x', 'ab\n'],
  ])('%s', (line, text) => expect(out(line)).toBe(text));
});

describe('expansions', () => {
  it.each([
    ['x=hello; echo ${x:1:3} ${x:2} ${x: -2} ${#x} ${x^} ${x^^} ${x::-1}', 'ell llo lo 5 Hello HELLO hell\n'],
    ['x=a.b.c; echo ${x//./-} ${x/./-} ${x/#a/z} ${x/%c/z} ${x%.*} ${x##*.}', 'a-b-c a-b.c z.b.c a.b.z a.b c\n'],
    ['x=web; y=x; echo ${!y} ${y:+alt} ${n:-"a b"} "${n:-c d}"', 'web alt a b c d\n'],
    ['echo ${nope:?missing}; echo $?', 'bash: nope: missing\n'],
    ['IFS=:; x=a:b::c; for p in $x; do echo "[$p]"; done', '[a]\n[b]\n[]\n[c]\n'],
    ['while IFS=: read -r u p rest; do echo "$u $rest"; done <<< "root:x:0:0"', 'root 0:0\n'],
    ['read -r a b <<< "1 2 3"; echo "$a|$b"', '1|2 3\n'],
    ['cd /tmp; cd /; cd -', '/tmp\n'],
    ['cat >(cat)', 'bash: >( … ) is not simulated: write into a file and read that\n'],
  ])('%s', (line, text) => expect(out(line)).toBe(text));
});
