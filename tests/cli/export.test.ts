import { execFileSync } from 'node:child_process';
import { chmodSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { temporaryFolder } from '../temporary-folder';
import { portbound } from './terminal';

/** Programs that only say how they were called; docker knows one address. */
function standIns(): string {
  const folder = temporaryFolder();
  const programs = {
    kind: 'echo "kind $*"',
    kubectl: 'echo "kubectl $*"; [ "$1" = apply ] && cat "$3"; exit 0',
    docker: 'if [ "$1" = inspect ]; then echo 172.18.0.9; else echo "docker $*"; fi',
    sleep: '',
    curl: 'echo "curl $*"',
  };
  for (const [name, body] of Object.entries(programs)) {
    writeFileSync(join(folder, name), `#!/bin/sh\n${body}\n`);
    chmodSync(join(folder, name), 0o755);
  }
  return folder;
}

describe('portbound export --to kind', () => {
  it('writes a cluster like the world, the manifests, a script and what is expected', async () => {
    const { cwd, stdout, exitCode } = await portbound(['export', 's3-host-port', '--to', 'kind', 's3']);
    expect({ stdout, exitCode }).toEqual({
      exitCode: 0,
      stdout: ['README.md', 'kind.yaml', 'manifests/hostport.yaml', 'run.sh', 'expected.txt']
        .map((path) => `s3/${path}\n`)
        .join(''),
    });
    const read = (path: string) => readFileSync(join(cwd, 's3', path), 'utf8');
    expect(parse(read('kind.yaml'))).toEqual({
      kind: 'Cluster',
      apiVersion: 'kind.x-k8s.io/v1alpha4',
      name: 'portbound',
      networking: { podSubnet: '10.244.0.0/16', serviceSubnet: '10.96.0.0/12', kubeProxyMode: 'iptables' },
      nodes: [{ role: 'control-plane' }, { role: 'worker' }, { role: 'worker' }],
    });
    const run = await portbound(['run', '--scenario', 's3-host-port']);
    expect(read('expected.txt')).toBe(run.stdout);
    expect(read('README.md')).toContain('| node2 | 192.168.189.202 | portbound-worker2 |');
  });

  it('writes a script that types the lines with the names and addresses of the real nodes', async () => {
    const { cwd } = await portbound(['export', 's3-host-port', 's3']);
    const printed = execFileSync('bash', [join(cwd, 's3', 'run.sh')], {
      encoding: 'utf8',
      env: { ...process.env, PATH: `${standIns()}:${process.env.PATH ?? ''}` },
    });
    expect(printed).toContain(`kind create cluster --config ${join(cwd, 's3', 'kind.yaml')} --wait 120s`);
    expect(printed).toContain('$ kubectl apply -f hostport.yaml\nkubectl apply -f hostport.yaml\napiVersion: v1');
    expect(printed).toMatch(/^@portbound-worker \$ iptables .*\ndocker exec portbound-worker bash -c iptables/m);
    expect(printed).toMatch(/^\$ curl .*172\.18\.0\.9/m);
    expect(printed).not.toMatch(/\bnode1\b|192\.168\.189\.20/);
  });

  it('exports every scenario of the course to a script that bash can read', async () => {
    const { stdout } = await portbound(['export', 'none', 'x']).then(({ stderr }) => ({ stdout: stderr }));
    const names = /one of (.*)\n/.exec(stdout)?.[1]?.split(', ') ?? [];
    expect(names.length).toBeGreaterThan(10);
    for (const name of names) {
      const { cwd, exitCode } = await portbound(['export', name, 'out']);
      expect(exitCode).toBe(0);
      expect(readdirSync(join(cwd, 'out'))).toContain('expected.txt');
      execFileSync('bash', ['-n', join(cwd, 'out', 'run.sh')]);
    }
  });
});
