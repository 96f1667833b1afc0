import { describe, expect, it } from 'vitest';
import { Cluster } from '@/kubernetes/cluster';
import { runLine } from '@/shell/interpreter';
import { Session } from '@/shell/session';

function terminal() {
  const cluster = new Cluster({
    name: 'test',
    nodes: [{ name: 'node1', internalIP: '10.0.0.11' }],
    without: ['kube-scheduler'],
  });
  const session = new Session(cluster, { kind: 'machine', name: 'client' });
  const run = (line: string) => cluster.run(runLine(session, line));
  return { cluster, session, run };
}

/** What a line prints. */
function out(line: string): string {
  const { stdout, stderr } = terminal().run(line);
  return stdout + stderr;
}

describe('the shell language', () => {
  it.each([
    ['echo hello   world', 'hello world\n'],
    [`echo 'a  b' "c  d"`, 'a  b c  d\n'],
    ['x=1; echo $x "$x" \'$x\' ${x}2', '1 1 $x 12\n'],
    ['x="a b"; for w in $x; do echo [$w]; done', '[a]\n[b]\n'],
    ['x="a b"; for w in "$x"; do echo [$w]; done', '[a b]\n'],
    ['echo $(echo in; echo side)', 'in side\n'],
    ['echo "$(echo in; echo side)"', 'in\nside\n'],
    ['echo `echo back`', 'back\n'],
    ['echo $((1 + 2 * 3))', '7\n'],
    ['true && echo yes || echo no', 'yes\n'],
    ['false && echo yes || echo no', 'no\n'],
    ['false; echo $?', '1\n'],
    ['! false; echo $?', '0\n'],
    ['if false; then echo a; elif true; then echo b; else echo c; fi', 'b\n'],
    ['i=0; while [ $i -lt 3 ]; do echo $i; i=$((i+1)); done', '0\n1\n2\n'],
    ['for i in 1 2 3 4; do if [ $i = 3 ]; then break; fi; echo $i; done', '1\n2\n'],
    ['for i in 1 2 3; do [ $i = 2 ] && continue; echo $i; done', '1\n3\n'],
    ['x=1; (x=2; echo $x); echo $x', '2\n1\n'],
    ['{ echo a; echo b; } | wc -l', '2\n'],
    ['echo ${x:-none} ${#HOME}', 'none 5\n'],
    ['f=web.yaml; echo ${f%.yaml} ${f##*.}', 'web yaml\n'],
    ['printf "a b\\nc d\\n" | while read x y; do echo $y-$x; done', 'b-a\nd-c\n'],
    ['echo one > f; echo two >> f; cat f; cat < f | wc -l', 'one\ntwo\n2\n'],
    ['cat <<EOF\nhello $((1+1))\nEOF', 'hello 2\n'],
    [`cat <<'EOF'\n$HOME\nEOF`, '$HOME\n'],
    ['cat <<EOF | wc -l\na\nb\nEOF\necho after', '2\nafter\n'],
    ['touch a.yaml b.yaml; echo *.yaml *.txt', 'a.yaml b.yaml *.txt\n'],
    ['ls nothing 2>/dev/null; echo $?', '2\n'],
    ['echo a # comment', 'a\n'],
    ['echo err >&2 2>/dev/null | cat', 'err\n'],
    ['A=1 env | grep ^A=', 'A=1\n'],
    ["sh -c 'echo $((2*2)); exit 3'; echo $?", '4\n3\n'],
    [
      'nosuch; echo $?',
      'bash: nosuch: command not found (or not simulated; type help for what is)\n127\n'.replace(
        /^(.*)\n(127)\n$/s,
        '$2\n$1\n',
      ),
    ],
    ['echo "unclosed', 'bash: unexpected EOF while looking for matching `"\'\n'],
    ['echo a | | b', "bash: syntax error near unexpected token `|'\n"],
    ['echo )', "bash: syntax error near unexpected token `)'\n"],
  ])('%s', (line, expected) => {
    expect(out(line)).toBe(expected);
  });

  it.each([
    ["printf '3 x\\n1 y\\n2 z\\n' | sort -rn | head -2 | awk '{print $2}'", 'x\nz\n'],
    ["printf 'a\\na\\nb\\n' | sort | uniq -c", '      2 a\n      1 b\n'],
    ["echo 'a:b:c' | cut -d: -f2", 'b\n'],
    ['echo hello | tr a-z A-Z', 'HELLO\n'],
    ["printf 'x=1\\ny=2\\n' | sed -n 's/^y=\\(.*\\)/got \\1/p'", 'got 2\n'],
    ["printf '1\\n2\\n3\\n' | sed '2d; s/3/three/'", '1\nthree\n'],
    [`printf 'web 0/1\\ndb 1/1\\n' | awk '$2=="0/1"{print $1}'`, 'web\n'],
    ["printf '1 2\\n3 4\\n' | awk 'NR>1{print $1,$2}'", '3 4\n'],
    ["printf '1\\n2\\n' | awk '{s+=$1} END {print s}'", '3\n'],
    ["printf 'a1\\nb2\\n' | grep -c '[0-9]'", '2\n'],
    ["printf 'a\\nb\\nc\\nd\\n' | grep -A1 b", 'b\nc\n'],
    ["printf 'x.y\\nxzy\\n' | grep -F x.y", 'x.y\n'],
    ["printf 'foo\\nbar\\n' | grep -e foo -e bar | tail -1", 'bar\n'],
    ["printf 'a b c\\n' | xargs -n1 echo -", '- a\n- b\n- c\n'],
    ['seq 3 | tail -n +2', '2\n3\n'],
  ])('%s', (line, expected) => {
    expect(out(line)).toBe(expected);
  });
});

describe('time', () => {
  it('sleep moves virtual time', () => {
    const { cluster, run } = terminal();
    const before = cluster.clock.now;
    run('sleep 44m');
    expect(cluster.clock.now - before).toBe(44 * 60_000);
  });

  it('timeout ends a command that waits', () => {
    const { cluster, run } = terminal();
    const before = cluster.clock.now;
    expect(run('timeout 5 sleep 100; echo $?').stdout).toBe('124\n');
    expect(cluster.clock.now - before).toBe(5000);
  });

  it('runs a background job while the foreground waits, and while nobody does', () => {
    const { cluster, run } = terminal();
    run('(sleep 2; echo done > f) & sleep 1; cat f');
    cluster.advance(5000);
    expect(run('cat f').stdout).toBe('done\n');
  });

  it('kills a background job', () => {
    const { cluster, run } = terminal();
    run('(sleep 2; echo done > f) & kill $!');
    cluster.advance(5000);
    expect(run('cat f').exitCode).toBe(1);
  });

  it('stops a loop that takes no time', () => {
    const { run } = terminal();
    const result = run('while true; do :; done; echo after');
    expect(result.exitCode).toBe(130);
    expect(result.stderr).toBe('bash: stopped: 20000 commands ran without any time passing\n');
  });

  it('lets head end what feeds it', () => {
    const { cluster, run } = terminal();
    const before = cluster.clock.now;
    expect(run('while true; do echo tick; sleep 1; done | head -3').stdout).toBe('tick\ntick\ntick\n');
    expect(cluster.clock.now - before).toBe(2000);
  });

  it('prints what a filter makes of a stream as it comes', () => {
    const { cluster, session } = terminal();
    let seen = '';
    const task = runLine(session, 'for i in 1 2 3; do echo line $i; sleep 1; done | grep -v 2', {
      stdout: (text) => (seen += text),
    });
    task.next();
    expect(seen).toBe('line 1\n');
    cluster.run(task);
    expect(seen).toBe('line 1\nline 3\n');
  });
});
