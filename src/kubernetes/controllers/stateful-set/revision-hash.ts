import type { PodTemplateSpec } from '../../api/generated/core-v1';
import { safeEncode } from '../deployment/template-hash';
import { goJson } from '../../strconv/go-json';
import { templatePatch } from '../history';

/** The hash in the name of a StatefulSet's revision. Upstream: pkg/controller/history/controller_history.go `HashControllerRevision` */
export function revisionHash(template: PodTemplateSpec, collisionCount: number): string {
  const text = goJson(templatePatch(template)) + String(collisionCount);
  return safeEncode(String(fnv32(new TextEncoder().encode(text))));
}

/** FNV-1 (not 1a), 32 bits. */
function fnv32(bytes: Uint8Array): number {
  let hash = 0x811c9dc5;
  for (const byte of bytes) hash = Math.imul(hash, 0x01000193) ^ byte;
  return hash >>> 0;
}
