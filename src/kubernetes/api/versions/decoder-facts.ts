import type { KubernetesVersion } from '../kind';

/** What the JSON decoder of a minor does differently. */
export interface DecoderFacts {
  /** Paths in type errors name embedded structs (the Go release that 1.35 and later are built with). */
  readonly pathsNameEmbeddedStructs: boolean;
  /** Where the scheme was made, as `no kind … is registered` says it. */
  readonly scheme: string;
}

const facts: Readonly<Record<KubernetesVersion, DecoderFacts>> = {
  '1.34': { pathsNameEmbeddedStructs: false, scheme: 'pkg/runtime/scheme.go:110' },
  '1.35': { pathsNameEmbeddedStructs: true, scheme: 'pkg/runtime/scheme.go:111' },
  '1.36': { pathsNameEmbeddedStructs: true, scheme: 'pkg/runtime/scheme.go:111' },
};

export function decoderFacts(version: KubernetesVersion): DecoderFacts {
  return facts[version];
}
