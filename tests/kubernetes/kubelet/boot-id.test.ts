import { expect, it } from 'vitest';
import { simulate } from '@/course/simulation';

/** The boot ids of two nodes, each once. */
function bootIds(peers: readonly (number | undefined)[]): number {
  const nodes = peers.map((interfacePeer, i) => ({
    name: `node${i}`,
    internalIP: `10.0.0.1${i}`,
    ...(interfacePeer === undefined ? {} : { interfacePeer }),
  }));
  const cluster = simulate({ name: 'boot', nodes });
  cluster.advance(1000);
  return new Set(
    cluster
      .client()
      .list('nodes')
      .map(({ status }) => status.nodeInfo?.bootID),
  ).size;
}

// /proc/sys/kernel/random/boot_id belongs to the kernel, /etc/machine-id to the root file system
it('is one for all nodes that are containers of one machine', () => {
  expect(bootIds([undefined, undefined])).toBe(2);
  expect(bootIds([7, 9])).toBe(1);
});
