import type { Container, Pod, Volume } from '../api/generated/core-v1';

/** Why a file cannot be written: it belongs to root, or nothing can be written there. */
export type WriteError = 'EACCES' | 'EROFS';

/** What stands in the way of writing in a container's tree. */
export interface WriteRights {
  /** `readOnlyRootFilesystem`. */
  readonly readOnlyRoot: boolean;
  /** Its volumes, the deepest mount first. */
  readonly mounts: readonly { readonly path: string; readonly readOnly: boolean; readonly forAll: boolean }[];
}

/** Folders of an image that belong to root; whoever else may write in `/tmp`, in a home, or where its image lets it. */
const ofRoot = /^\/(?:(?:bin|boot|etc|lib\w*|opt|root|run|sbin|srv|usr|var)(?:\/|$)|[^/]*$)/;
const forAll = /^\/(?:tmp|var\/tmp|run\/lock)(?:\/|$)/;
/** What the kernel itself shows there is written by rules of its own. */
const ofKernel = /^\/(?:dev|proc|sys)\//;

/** What a container may write, by its own `securityContext`, its mounts and its Pod's volumes. */
export function writeRightsOf({ spec }: Pod, container: Container): WriteRights {
  const grouped = spec.securityContext?.fsGroup !== undefined;
  const mounts = (container.volumeMounts ?? []).map(({ name, mountPath, readOnly = false }) => {
    const volume = spec.volumes?.find((one) => one.name === name);
    const path = mountPath.replace(/\/+$/, '');
    return { path, readOnly: readOnly || isFixed(volume), forAll: isOpen(volume, grouped) };
  });
  return {
    readOnlyRoot: container.securityContext?.readOnlyRootFilesystem ?? false,
    mounts: mounts.sort((a, b) => b.path.length - a.path.length),
  };
}

// pkg/kubelet/kubelet_pods.go `makeMounts`; the runtime mounts what comes from the API to be read only.
function isFixed(volume?: Volume): boolean {
  return (
    (volume?.configMap ?? volume?.secret ?? volume?.projected ?? volume?.downwardAPI ?? volume?.image) !== undefined
  );
}

// pkg/volume/emptydir/empty_dir.go: mode 0777. Other volumes are given to the Pod's group, where it has one.
function isOpen(volume: Volume | undefined, grouped: boolean): boolean {
  return volume?.emptyDir !== undefined || (grouped && volume?.hostPath === undefined);
}

/** What open(2) or mkdir(2) says when `uid` is about to write at an absolute path; undefined where nothing is in its way. */
export function writeError({ readOnlyRoot, mounts }: WriteRights, uid: number, path: string): WriteError | undefined {
  const mount = mounts.find((one) => path === one.path || path.startsWith(`${one.path}/`));
  if (mount) return mount.readOnly ? 'EROFS' : uid === 0 || mount.forAll ? undefined : 'EACCES';
  if (ofKernel.test(path)) return undefined;
  if (readOnlyRoot) return 'EROFS';
  return uid !== 0 && ofRoot.test(path) && !forAll.test(path) ? 'EACCES' : undefined;
}
