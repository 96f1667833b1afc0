import type { KubernetesVersion } from '@/kubernetes/api/kind';

const minors: readonly KubernetesVersion[] = ['1.34', '1.35', '1.36'];

/** `v1.34.4`, the release that a recording names → the minor to simulate; undefined where it names none. */
export function minorOf(release: unknown): KubernetesVersion | undefined {
  return minors.find((minor) => typeof release === 'string' && release.startsWith(`v${minor}.`));
}
