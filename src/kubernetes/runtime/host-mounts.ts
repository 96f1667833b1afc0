import type { Pod, Volume } from '../api/generated/core-v1';

/** A folder of the node that a container sees in its own tree. */
export interface HostMount {
  readonly inside: string;
  readonly host: string;
  readonly readOnly: boolean;
}

/** Where a kubelet keeps what belongs to one Pod. Upstream: pkg/kubelet/kubelet_getters.go `getPodDir`. */
export function podFolder(uid: string): string {
  return `/var/lib/kubelet/pods/${uid}`;
}

/**
 * What a container sees of its node's files, the deepest mount first: its hostPath volumes, and emptyDirs, which all
 * containers of a Pod share.
 */
export function hostMounts({ metadata, spec }: Pod, container: string): HostMount[] {
  const containers = [...spec.containers, ...(spec.initContainers ?? [])];
  const mounts = containers.find(({ name }) => name === container)?.volumeMounts ?? [];
  return mounts
    .flatMap(({ name, mountPath, readOnly = false, subPath }) => {
      const volume = spec.volumes?.find((one) => one.name === name);
      const host = volume && folderOf(metadata.uid ?? '', volume);
      if (host === undefined) return [];
      const below = subPath ? `${clean(host)}/${clean(subPath)}` : clean(host);
      return [{ inside: clean(mountPath), host: below, readOnly }];
    })
    .sort((a, b) => b.inside.length - a.inside.length);
}

// pkg/volume/emptydir/empty_dir.go `getPath`
function folderOf(uid: string, { name, hostPath, emptyDir }: Volume): string | undefined {
  return emptyDir ? `${podFolder(uid)}/volumes/kubernetes.io~empty-dir/${name}` : hostPath?.path;
}

function clean(path: string): string {
  return path.replace(/\/+$/, '');
}

/** The mount in which a path inside a container lies. */
export function mountOf(mounts: readonly HostMount[], path: string): HostMount | undefined {
  return mounts.find(({ inside }) => path === inside || path.startsWith(`${inside}/`));
}

/** The node's path of a path inside a container; undefined where nothing of the node is mounted. */
export function onHost(mounts: readonly HostMount[], path: string): string | undefined {
  const mount = mountOf(mounts, path);
  return mount && (`${mount.host}${path.slice(mount.inside.length)}` || '/');
}
