interface Stored {
  readonly metadata: { readonly annotations?: Readonly<Record<string, string>> };
  readonly spec: { readonly storageClassName?: string };
}

/** A volume's or claim's class: the annotation of old wins. Upstream: pkg/apis/core/v1/helper `GetPersistentVolumeClass`. */
export function storageClassOf({ metadata, spec }: Stored): string {
  return metadata.annotations?.['volume.beta.kubernetes.io/storage-class'] ?? spec.storageClassName ?? '';
}
