import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { portbound } from './terminal';

const story =
  'kubectl apply -f nginx.yaml\nsleep 23m\nkubectl scale deployment nginx --replicas=2\nsleep 44m\nkubectl get pod\n';

describe('run', () => {
  it('plays the crash-loop story: 13 restarts after 44 minutes, a line of JSON per command', async () => {
    const { stdout, exitCode } = await portbound(['run', '--world', 'one-node-cce', '--json', 'a.sh'], {
      'a.sh': story,
    });
    const lines = stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(lines.map((line) => [line.command, line.place, line.exit_code, line.time])).toEqual([
      ['kubectl apply -f nginx.yaml', 'client', 0, 0],
      ['sleep 23m', 'client', 0, 0],
      ['kubectl scale deployment nginx --replicas=2', 'client', 0, 1380],
      ['sleep 44m', 'client', 0, 1380],
      ['kubectl get pod', 'client', 0, 4020],
    ]);
    expect(lines[4].stdout).toMatch(/^nginx-\S+ +0\/1 +(CrashLoopBackOff|Error) +13 \(\S+ ago\) +44m$/m);
    expect(lines[4].stdout).toMatch(/^nginx-\S+ +1\/1 +Running +0 +67m$/m);
    expect(exitCode).toBe(0);
  });

  it('tells which object of a world its API server refuses', async () => {
    const world = (port: number) =>
      `name: mine\nnodes: [{name: a, internalIP: 10.0.0.1}]\nobjects:\n- {apiVersion: v1, kind: Service, metadata: {name: s}, spec: {ports: [{port: ${port}, targetPort: 80}]}}\n`;
    const refused = await portbound(['run', '--world', 'w.yaml', 'a.sh'], { 'w.yaml': world(70000), 'a.sh': 'true\n' });
    expect([refused.exitCode, refused.stderr]).toEqual([
      2,
      expect.stringContaining(
        'w.yaml: the API server of this world refuses Service s: Service "s" is invalid: spec.ports[0].port: Invalid value: 70000: must be between 1 and 65535, inclusive',
      ),
    ]);
    const taken = await portbound(['run', '--world', 'w.yaml', 'a.sh'], { 'w.yaml': world(80), 'a.sh': 'true\n' });
    expect(taken.exitCode).toBe(0);
  });

  it('says the same thing twice, and other names with another seed', async () => {
    const play = (seed: string) =>
      portbound(['run', '--world', 'one-node-cce', '--seed', seed, 'a.sh'], { 'a.sh': story });
    const [first, again, other] = [await play('1'), await play('1'), await play('2')];
    expect(again.stdout).toBe(first.stdout);
    expect(other.stdout).not.toBe(first.stdout);
  });

  it('prefers the user’s own file, reads here-documents, and never writes to the disk', async () => {
    const script =
      'kubectl apply -f nginx.yaml\ncat <<EOF > new.yaml\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\nEOF\nkubectl apply -f new.yaml\n';
    const files = { 'a.sh': script, 'nginx.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: mine}\n' };
    const { stdout, cwd } = await portbound(['run', '--world', 'one-node-cce', 'a.sh'], files);
    expect(stdout).toContain('configmap/mine created\n');
    expect(stdout).toContain('configmap/a created\n');
    expect(() => readFileSync(join(cwd, 'new.yaml'))).toThrow();
  });

  it('runs a line on a node, and says when there is no such place', async () => {
    const { stdout } = await portbound(['run', '--world', 'vm-3', 'a.sh'], {
      'a.sh': '@node2 hostname\n@node9 hostname\n',
    });
    expect(stdout).toBe('@node2 $ hostname\nk8snode1\n@node9 $ hostname\nthere is no machine "node9" in this world\n');
  });

  it('plays scenarios by their names', async () => {
    const { stdout } = await portbound(['run', '--scenario', 's3-host-port']);
    expect(stdout).toContain('<title>Welcome to nginx!</title>');
    expect(stdout).not.toContain('0.0.0.0:8080');
  });
});
