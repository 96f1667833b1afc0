import { isObject, type KubeObject } from '@/kubernetes/api/object';
import { Cluster } from '@/kubernetes/cluster';
import type { WorldFile } from '@/kubernetes/world';
import { readManifest } from '@/manifest/read';
import { runInContainer } from './container-commands';
import { courseImages } from './images';

/** Long enough for every node to have reported that it is ready. */
const settled = 30_000;

/** A cluster of a world that has been running, with the images of the course. The same world and seed give the same cluster. */
export function simulate(world: WorldFile, seed = 1): Cluster {
  const cluster: Cluster = new Cluster(world, {
    seed,
    images: courseImages(),
    readManifest: readStaticPod,
    runCommand: (handle, argv) => runInContainer(cluster, handle, argv),
    settled,
  });
  return cluster;
}

/** A file in a node's folder of static Pods: one document, read leniently as the kubelet does. */
function readStaticPod(text: string): KubeObject | undefined {
  const value = readManifest(text).documents[0]?.value;
  return isObject(value) && isObject(value.metadata) && typeof value.metadata.name === 'string'
    ? (value as KubeObject) // apiVersion and kind are looked at by whoever runs it
    : undefined;
}
