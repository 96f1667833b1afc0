// Upstream: plugin/pkg/admission/storage/storageobjectinuseprotection/admission.go
import type { AdmissionPlugin } from '../chain';

const finalizers: Readonly<Record<string, string>> = {
  persistentvolumeclaims: 'kubernetes.io/pvc-protection',
  persistentvolumes: 'kubernetes.io/pv-protection',
  'volumeattributesclasses.storage.k8s.io': 'kubernetes.io/vac-protection',
};

/** Volumes, claims and the classes of their attributes get a finalizer that keeps them while they are in use. */
export const storageObjectInUseProtection: AdmissionPlugin = {
  name: 'StorageObjectInUseProtection',
  admit({ operation, resource, subresource, object }) {
    const finalizer = finalizers[resource.name];
    if (operation !== 'CREATE' || subresource || !finalizer || !object) return undefined;
    const written = object.metadata.finalizers ?? [];
    if (!written.includes(finalizer)) object.metadata.finalizers = [...written, finalizer];
    return undefined;
  },
};
