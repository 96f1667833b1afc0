import type { Cluster } from '../cluster';
import type { Image } from './catalogue';
import { parseImageName } from './image-name';

/** The images that a world's nodes have before anything is pulled. */
export function imagesAtStart(cluster: Cluster): Map<string, Image> {
  const found = new Map<string, Image>();
  for (const reference of cluster.world.preloadedImages) {
    const image = cluster.images.find(reference, cluster.world.images);
    if (image) found.set(image.reference, image);
  }
  return found;
}

/** Pulls an image: undefined when it is there now, else what containerd reports of the registry's answer. */
export function pullImage(cluster: Cluster, images: Map<string, Image>, reference: string): string | undefined {
  const name = parseImageName(reference);
  if (!name) return `failed to parse image reference "${reference}": invalid reference format`;
  const failed = `failed to pull and unpack image "${name.full}": failed to resolve reference "${name.full}"`;
  const host = name.repository.slice(0, name.repository.indexOf('/'));
  if (cluster.world.registry === 'unreachable') {
    const registry = host === 'docker.io' ? 'registry-1.docker.io' : host;
    const path = name.repository.slice(host.length + 1);
    return `${failed}: failed to do request: Head "https://${registry}/v2/${path}/manifests/${name.tag}": dial tcp: lookup ${registry}: no such host`;
  }
  const image = cluster.images.find(reference, cluster.world.images);
  if (!image) return `rpc error: code = NotFound desc = ${failed}: ${name.full}: not found`;
  images.set(image.reference, image);
  return undefined;
}

/** The id of an image: the digest of its configuration, here drawn by lot. */
export function imageId({ random }: Cluster, { file, reference }: Image): string {
  return `sha256:${random.stream(`image/${file?.id ?? reference}`).text(64, '0123456789abcdef')}`;
}
