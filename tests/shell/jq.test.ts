import { describe, expect, it } from 'vitest';
import { Cluster } from '@/kubernetes/cluster';
import { runLine } from '@/shell/interpreter';
import { Session } from '@/shell/session';

const world = { name: 'jq', nodes: [{ name: 'node1', internalIP: '10.0.0.11' }], kubelet: 'fake' as const };

const pods = {
  items: [
    {
      metadata: { name: 'web-1', labels: { app: 'web', tier: 'front' } },
      spec: { hostNetwork: true, nodeName: 'node1', containers: [{ name: 'web', ports: [{ hostPort: 80 }] }] },
      status: { phase: 'Running', restarts: 3 },
    },
    {
      metadata: { name: 'db-0', labels: { app: 'db' } },
      spec: { nodeName: 'node2', containers: [{ name: 'db' }, { name: 'side' }] },
      status: { phase: 'Pending', restarts: 0 },
    },
  ],
};

function type(line: string) {
  const cluster = new Cluster(world);
  const session = new Session(cluster, { kind: 'node', name: 'node1' });
  session.files.write('/root/p', JSON.stringify(pods));
  session.cwd = '/root';
  return cluster.run(runLine(session, line));
}

// What jq 1.6 answers on Debian 12.
describe('jq', () => {
  it.each([
    ['.items[].metadata.name', '"web-1"\n"db-0"\n'],
    ['.items | length', '2\n'],
    ['.items[] | select(.spec.hostNetwork) | .metadata.name', '"web-1"\n'],
    ['.items[] | select(.status.phase != "Running").metadata.name', '"db-0"\n'],
    [
      '[.items[] | {name: .metadata.name, node: .spec.nodeName}]',
      '[{"name":"web-1","node":"node1"},{"name":"db-0","node":"node2"}]\n',
    ],
    ['.items[0].metadata.labels | to_entries | map("\\(.key)=\\(.value)") | join(",")', '"app=web,tier=front"\n'],
    ['[.items[].status.restarts] | add, max, min', '3\n3\n0\n'],
    ['.items | sort_by(.metadata.name) | map(.metadata.name)', '["db-0","web-1"]\n'],
    [
      '.items | group_by(.spec.nodeName) | map({node: .[0].spec.nodeName, n: length})',
      '[{"node":"node1","n":1},{"node":"node2","n":1}]\n',
    ],
    [
      '.items[] | .metadata.name as $n | .spec.containers[] | "\\($n)/\\(.name)"',
      '"web-1/web"\n"db-0/db"\n"db-0/side"\n',
    ],
    ['.items[].metadata.labels.tier // "none"', '"front"\n'],
    ['[.. | .hostPort? // empty]', '[80]\n'],
    ['paths | select(.[-1] == "hostPort")', '["items",0,"spec","containers",0,"ports",0,"hostPort"]\n'],
    ['.items[].status.restarts |= . + 1 | [.items[].status.restarts]', '[4,1]\n'],
    ['del(.items[].spec, .items[].status) | .items[1]', '{"metadata":{"name":"db-0","labels":{"app":"db"}}}\n'],
    ['[.items[] | if .spec.hostNetwork then "host" else "pod" end]', '["host","pod"]\n'],
    ['.items[0].metadata.name | sub("-.*"; ""), test("^web"), split("-")', '"web"\ntrue\n["web","1"]\n'],
    ['reduce .items[] as $i (0; . + $i.status.restarts)', '3\n'],
    ['.items | map({(.metadata.name): .status.phase}) | add', '{"web-1":"Running","db-0":"Pending"}\n'],
    ['def f(x): x * 2; [f(.items[].status.restarts)]', '[6,0]\n'],
    ['[limit(3; repeat(1))]', '[1,1,1]\n'],
    ['.items[1:] | first.metadata.name', '"db-0"\n'],
    [
      '[.items[].metadata | [.name, .labels.app]] | .[] | @csv, @tsv',
      '"\\"web-1\\",\\"web\\""\n"web-1\\tweb"\n"\\"db-0\\",\\"db\\""\n"db-0\\tdb"\n',
    ],
  ])('%s', (filter, output) => {
    expect(type(`jq -c '${filter}' p`)).toEqual({ stdout: output, stderr: '', exitCode: 0 });
  });

  it('takes its everyday options', () => {
    expect(type('jq -r .items[0].metadata.name p').stdout).toBe('web-1\n');
    expect(type('jq .items[1].metadata p').stdout).toBe(
      '{\n  "name": "db-0",\n  "labels": {\n    "app": "db"\n  }\n}\n',
    );
    expect(type("jq --arg n db-0 '.items[] | select(.metadata.name == $n).status.phase' p").stdout).toBe('"Pending"\n');
    expect(type("jq -n '[inputs | .items | length]' -c p").stdout).toBe('[2]\n');
    expect(type("echo '1 2' | jq -s -c .").stdout).toBe('[1,2]\n');
    expect(type("printf 'a\\nb\\n' | jq -R .").stdout).toBe('"a"\n"b"\n');
    expect(type('jq -e .nope p').exitCode).toBe(1);
  });

  it.each([
    ["jq '.items.name' p", 5, 'jq: error (at p:0): Cannot index array with string "name"\n'],
    ['jq -n \'"a" | .[]\'', 5, 'jq: error (at <unknown>): Cannot iterate over string ("a")\n'],
    [
      "jq '.a |' p",
      3,
      'jq: error: syntax error, unexpected $end (Unix shell quoting issues?) at <top-level>, line 1:\n.a |   \njq: 1 compile error\n',
    ],
    ["jq -n 'foo'", 3, 'jq: error: foo/0 is not defined at <top-level>, line 1:\nfoo\njq: 1 compile error\n'],
    ['echo apple | jq .', 4, 'parse error: Invalid numeric literal at line 2, column 0\n'],
    ['echo \'{"a":1\' | jq .', 4, 'parse error: Unfinished JSON term at EOF at line 2, column 0\n'],
    ['jq . nosuch', 2, 'jq: error: Could not open file nosuch: No such file or directory\n'],
    ["jq -n 'def f: f; f'", 5, 'jq: stopped: 400 filters deep\n'],
    ["jq -n '[range(1e9)] | length'", 5, 'jq: error (at <unknown>): range: not simulated: more than 100000 numbers\n'],
    ["jq -n 'last(repeat(1))'", 5, 'jq: stopped: 400 filters deep\n'],
  ])('says no: %s', (line, exitCode, stderr) => {
    expect(type(line)).toEqual({ stdout: '', stderr, exitCode });
  });
});
