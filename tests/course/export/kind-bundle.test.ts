import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { kindBundle } from '@/course/export/kind-bundle';
import { kindConfig, nodePairs } from '@/course/export/kind-config';
import { findWorld } from '@/course/worlds';
import { completeWorld } from '@/kubernetes/world';
import { temporaryFolder } from '../../temporary-folder';

const world = findWorld('cern-2');

test('the bundle unpacks into a folder and plays from there', () => {
  if (!world) throw new Error('no such world');
  const manifest = "# it's a comment with 'quotes', $dollars and `ticks`\napiVersion: v1\n";
  const script = 'kubectl get nodes';
  const files = { 'web.yaml': manifest };
  const folder = temporaryFolder();
  // Without kind on the machine the script stops after it has written its files.
  writeFileSync(join(folder, 'all.sh'), kindBundle({ title: 'T', about: 'A', world, files, script }));
  expect(() =>
    execFileSync('/bin/bash', ['all.sh'], { cwd: folder, stdio: 'ignore', env: { PATH: '/bin:/usr/bin' } }),
  ).toThrow();
  expect(readFileSync(join(folder, 'portbound-kind/manifests/web.yaml'), 'utf8')).toBe(manifest);
  expect(readFileSync(join(folder, 'portbound-kind/expected.txt'), 'utf8')).toMatch(/^\$ kubectl get nodes\nNAME /);
});

test('a world without a control plane gets one beside its nodes', () => {
  if (!world) throw new Error('no such world');
  const complete = completeWorld(world);
  expect(kindConfig(complete)).toContain('nodes:\n  - role: control-plane\n  - role: worker\n  - role: worker\n');
  expect(nodePairs(complete).map((pair) => pair.kind)).toEqual(['portbound-worker', 'portbound-worker2']);
});
