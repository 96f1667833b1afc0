import type { Pod } from '../api/generated/core-v1';
import type { Client } from '../apiserver/client';
import type { Runtime } from '../runtime/runtime';

export const mirrorAnnotation = 'kubernetes.io/config.mirror';

/** Pods from files on the node, and their mirrors in the API. Upstream: pkg/kubelet/config/file.go, pod/mirror_client.go. */
export class StaticPods {
  private readonly pods = new Map<string, Pod>();

  constructor(
    readonly client: Client,
    readonly node: string,
    readonly runtime: Runtime,
    readonly timestamp: (at?: number) => string,
  ) {}

  has(uid: string): boolean {
    return this.pods.has(uid);
  }

  isMirror(pod: Pod): boolean {
    return pod.metadata.annotations?.[mirrorAnnotation] !== undefined;
  }

  isStatic(pod: Pod): boolean {
    return this.pods.has(pod.metadata.uid ?? '');
  }

  /** A mirror Pod that somebody deletes goes at once: nothing has to be stopped for it. */
  release({ metadata }: Pod): void {
    this.client.delete('pods', metadata.namespace, metadata.name, { gracePeriodSeconds: 0 });
  }

  mirrorGone(_pod: Pod): void {}

  look(): { added: Pod[]; removed: string[] } {
    return { added: [], removed: [] };
  }
}
