import { findWorld, worldNames } from '@/course/worlds';
import type { WorldFile } from '@/kubernetes/world';

/** The order of the menu: from the smallest cluster to the largest. */
const order = ['one-node-cce', 'vm-3', 'cern-2', 'ack-3', 'lab-4'];

/** All worlds of the course as plain data, for an island. */
export function allWorlds(): WorldFile[] {
  const rank = (name: string) => (order.includes(name) ? order.indexOf(name) : order.length);
  return [...worldNames]
    .sort((a, b) => rank(a) - rank(b))
    .flatMap((name) => {
      const world = findWorld(name);
      return world ? [world] : [];
    });
}
