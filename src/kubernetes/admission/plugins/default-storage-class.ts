// Upstream: plugin/pkg/admission/storage/storageclass/setdefault/admission.go
import type { PersistentVolumeClaim } from '../../api/generated/core-v1';
import type { AdmissionPlugin, AdmissionReader } from '../chain';

const defaultAnnotation = 'storageclass.kubernetes.io/is-default-class';
const oldClassAnnotation = 'volume.beta.kubernetes.io/storage-class';

/** A claim that names no class gets the default one; of several the youngest, then the first by name. */
export const defaultStorageClass: AdmissionPlugin = {
  name: 'DefaultStorageClass',
  admit({ operation, resource, subresource, object }, { reader }) {
    if (operation !== 'CREATE' || subresource || resource.name !== 'persistentvolumeclaims' || !object)
      return undefined;
    const { spec, metadata } = object as PersistentVolumeClaim; // decoded as the kind of its resource
    if (spec.storageClassName !== undefined || metadata.annotations?.[oldClassAnnotation] !== undefined)
      return undefined;
    const name = defaultClass(reader);
    if (name !== undefined) spec.storageClassName = name;
    return undefined;
  },
};

function defaultClass(reader: AdmissionReader): string | undefined {
  const defaults = reader
    .list('storageclasses.storage.k8s.io')
    .filter(({ metadata }) => metadata.annotations?.[defaultAnnotation] === 'true')
    .map(({ metadata }) => metadata);
  defaults.sort((a, b) => {
    if (a.creationTimestamp !== b.creationTimestamp) return a.creationTimestamp > b.creationTimestamp ? -1 : 1;
    return a.name < b.name ? -1 : 1;
  });
  return defaults[0]?.name;
}
