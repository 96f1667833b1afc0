// Upstream: pkg/kubelet/kuberuntime/kuberuntime_manager.go `getImageVolumes`, `toKubeContainerImageVolumes`
import { referenceTo } from '../api/object';
import type { Container, Pod } from '../api/generated/core-v1';
import type { Task } from '../clock/task';
import type { KubeletHost } from './host';
import { containerReference } from './pod-text';
import type { WaitingReason } from './waiting-reasons';

/** The volumes that are images and could not be had, by name. */
export type BrokenVolumes = ReadonlyMap<string, WaitingReason>;

/** Sees at every sync that the images are there which are a Pod's volumes; what is told of them is told of the Pod. */
export function* pullImageVolumes(host: KubeletHost, pod: Pod): Task<BrokenVolumes> {
  const broken = new Map<string, WaitingReason>();
  for (const { name, image } of pod.spec.volumes ?? []) {
    if (!image) continue;
    const wish = { reference: image.reference ?? '', policy: image.pullPolicy, about: referenceTo(pod) };
    const result = yield* host.images.ensure(pod, wish);
    if ('reason' in result) broken.set(name, result);
  }
  return broken;
}

/** Why a container cannot begin: the last of its volumes that is missing. */
export function missingVolume(
  { recorder }: KubeletHost,
  pod: Pod,
  { name, volumeMounts = [] }: Container,
  broken: BrokenVolumes,
): WaitingReason | undefined {
  const missing = volumeMounts.flatMap((mount) => broken.get(mount.name) ?? []);
  for (const { reason } of missing) {
    recorder.event(containerReference(pod, name), 'Warning', 'Failed', `Error: ${reason}`);
  }
  return missing.at(-1);
}
