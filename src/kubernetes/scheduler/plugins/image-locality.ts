import type { NodeInfo } from '../framework/node-info';
import { maxNodeScore, type Plugin } from '../framework/plugin';

// pkg/scheduler/framework/plugins/imagelocality/image_locality.go
const mebibyte = 1024 * 1024;
const smallest = 23 * mebibyte;
const largestPerContainer = 1000 * mebibyte;

/** Names are compared as text; all that is added is `:latest` where there is no tag. */
function imageName(name: string): string {
  return name.lastIndexOf(':') <= name.lastIndexOf('/') ? `${name}:latest` : name;
}

/** Bytes of the Pod's images that the node has, each weighted by how many nodes have it. */
function bytesThere(node: NodeInfo, images: readonly string[], allNodes: number): number {
  let sum = 0;
  for (const image of images) {
    const state = node.images.get(image);
    if (state) sum += Math.trunc(state.size * (state.nodes.size / allNodes));
  }
  return sum;
}

/** Prefers nodes that have the Pod's large images already. */
export const imageLocality: Plugin = {
  name: 'ImageLocality',
  weight: 1,
  preScore({ pod }, { nodes }) {
    const containers = [...(pod.spec.initContainers ?? []), ...pod.spec.containers];
    const images = containers.map(({ image }) => imageName(image ?? ''));
    const largest = largestPerContainer * containers.length;
    return {
      score(node) {
        if (node.images.size === 0) return 0;
        const bytes = Math.min(Math.max(bytesThere(node, images, nodes.length), smallest), largest);
        return Math.trunc((maxNodeScore * (bytes - smallest)) / (largest - smallest));
      },
    };
  },
};
