import { Cluster } from '@/kubernetes/cluster';
import type { WorldFile } from '@/kubernetes/world';
import { courseImages } from './images';

/** A cluster of a world, with the images of the course. The same world and seed give the same cluster. */
export function simulate(world: WorldFile, seed = 1): Cluster {
  return new Cluster(world, { seed, images: courseImages() });
}
