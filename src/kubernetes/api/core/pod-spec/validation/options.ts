import type { KubernetesVersion } from '../../../kind';

/** What differs between a Pod and a template, and between minors. Upstream: `PodValidationOptions`. */
export interface PodSpecOptions {
  readonly kubernetes: KubernetesVersion;
  /** A Pod itself, not a template of one. */
  readonly isPod: boolean;
  /** Name of the Pod, where it is known: volumes may make claims named after it. */
  readonly podName?: string;
}
