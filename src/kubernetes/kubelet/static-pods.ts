import type { Pod } from '../api/generated/core-v1';
import { definitionOf } from '../api/registry';
import { isObject, type KubeObject } from '../api/object';
import type { Client } from '../apiserver/client';
import type { Runtime } from '../runtime/runtime';

const folder = '/etc/kubernetes/manifests';
const mirror = 'kubernetes.io/config.mirror';

/**
 * Pods from files on the node, and their mirrors in the API.
 * Upstream: pkg/kubelet/config/{file,common}.go, pkg/kubelet/pod/mirror_client.go.
 */
export class StaticPods {
  /** By path: what the file said when it was last read, and the Pod it stands for. */
  private readonly files = new Map<string, { text: string; pod: Pod | undefined }>();

  constructor(
    private readonly client: Client,
    private readonly node: string,
    private readonly runtime: Runtime,
    private readonly timestamp: (at?: number) => string,
  ) {}

  /** Whether there is anything to look at: files, or Pods of files that are gone. */
  get inUse(): boolean {
    return this.files.size > 0 || this.runtime.kernel.files.list(folder) !== undefined;
  }

  /** Calls `changed` at every write in the folder of manifests. */
  watch(changed: () => void): void {
    this.runtime.kernel.files.watch(folder, changed);
  }

  has(uid: string): boolean {
    return [...this.files.values()].some(({ pod }) => pod?.metadata.uid === uid);
  }

  isStatic(pod: Pod): boolean {
    return this.has(pod.metadata.uid ?? '');
  }

  isMirror(pod: Pod): boolean {
    return pod.metadata.annotations?.[mirror] !== undefined;
  }

  /** Whether a Pod came from a file that is no more, and no other file has one of its name. */
  isOrphan({ metadata }: Pod): boolean {
    if (metadata.annotations?.['kubernetes.io/config.source'] !== 'file') return false;
    const { name, namespace } = metadata;
    return ![...this.files.values()].some(
      ({ pod }) => pod?.metadata.name === name && pod.metadata.namespace === namespace,
    );
  }

  /** The mirror of a Pod whose file has changed is replaced: without one it is made, an old one comes back as the new. */
  renewMirror(pod: Pod): void {
    if (this.client.get('pods', pod.metadata.namespace, pod.metadata.name)) this.deleteMirror(pod);
    else this.createMirror(pod);
  }

  /** A mirror that somebody deletes goes at once: nothing has to be stopped for it. */
  release({ metadata }: Pod): void {
    this.client.delete('pods', metadata.namespace, metadata.name, { gracePeriodSeconds: 0 });
  }

  /** The mirror of a Pod whose file is still there comes back; returns the static Pod. */
  mirrorGone({ metadata }: Pod): Pod | undefined {
    const own = [...this.files.values()].find(({ pod }) => pod?.metadata.name === metadata.name)?.pod;
    if (own) this.createMirror(own);
    return own;
  }

  deleteMirror({ metadata }: Pod): void {
    const found = this.client.get('pods', metadata.namespace, metadata.name);
    if (found && this.isMirror(found))
      this.client.delete('pods', metadata.namespace, metadata.name, { gracePeriodSeconds: 0 });
  }

  /** Compares the folder with what was there before. A changed file is its old Pod's end and a new Pod. */
  look(): { added: Pod[]; removed: Pod[] } {
    const added: Pod[] = [];
    const removed: Pod[] = [];
    const names = this.runtime.kernel.files.list(folder) ?? [];
    for (const name of [...this.files.keys()]) {
      const known = this.files.get(name);
      if (names.includes(name) && this.textOf(name) === known?.text) continue;
      if (known?.pod) removed.push(known.pod);
      this.files.delete(name);
    }
    for (const name of names) {
      if (this.files.has(name)) continue;
      const text = this.textOf(name);
      const pod = this.read(text);
      this.files.set(name, { text, pod });
      if (pod) added.push(pod);
    }
    return { added, removed };
  }

  private textOf(name: string): string {
    return this.runtime.kernel.files.read(`${folder}/${name}`) ?? '';
  }

  private read(text: string): Pod | undefined {
    const object = this.runtime.cluster.readManifest(text);
    if (!isPod(object)) return undefined;
    const { cluster } = this.runtime;
    const hash = cluster.random.stream(`static/${this.node}/${text}`).text(32, '0123456789abcdef');
    const pod: Pod = {
      ...object,
      metadata: {
        ...object.metadata,
        name: `${object.metadata.name}-${this.node}`,
        namespace: object.metadata.namespace ?? 'default',
        uid: hash,
        creationTimestamp: this.timestamp(),
        generation: 1,
        annotations: {
          ...object.metadata.annotations,
          'kubernetes.io/config.hash': hash,
          'kubernetes.io/config.seen': this.timestamp().replace('Z', '.000000000Z'),
          'kubernetes.io/config.source': 'file',
        },
      },
      spec: {
        ...object.spec,
        nodeName: this.node,
        tolerations: [...(object.spec.tolerations ?? []), { effect: 'NoExecute', operator: 'Exists' }],
      },
      status: { phase: 'Pending', qosClass: 'BestEffort' },
    };
    definitionOf('', 'Pod')?.setDefaults?.(pod, { kubernetes: cluster.world.kubernetes });
    return pod;
  }

  createMirror(pod: Pod): void {
    const node = this.client.get('nodes', undefined, this.node);
    const owner = { apiVersion: 'v1', kind: 'Node', name: this.node, uid: node?.metadata.uid ?? '', controller: true };
    const { name, namespace, labels, annotations } = pod.metadata;
    const hash = annotations?.['kubernetes.io/config.hash'] ?? '';
    this.client.create('pods', {
      ...pod,
      metadata: { name, namespace, labels, annotations: { ...annotations, [mirror]: hash }, ownerReferences: [owner] },
    });
  }
}

/** Whether a manifest is a Pod that can be run. */
function isPod(object: KubeObject | undefined): object is Pod {
  return object?.kind === 'Pod' && isObject(object.spec) && Array.isArray(object.spec.containers);
}
