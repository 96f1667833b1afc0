import type { PodTemplateSpec } from '../../api/generated/core-v1';
import type { KubernetesVersion } from '../../api/kind';
import { goDump } from './go-dump';

/** `k8s.io/apimachinery/pkg/util/rand`: letters and digits that spell no words. */
const alphabet = 'bcdfghjklmnpqrstvwxz2456789';

/** Digit by digit into the alphabet: `SafeEncodeString`. */
export function safeEncode(text: string): string {
  let out = '';
  for (let i = 0; i < text.length; i++) out += alphabet[text.charCodeAt(i) % alphabet.length];
  return out;
}

/** FNV-1a, 32 bits, over UTF-8. */
function fnv32a(bytes: Uint8Array, start = 0x811c9dc5): number {
  let hash = start;
  for (const byte of bytes) hash = Math.imul(hash ^ byte, 0x01000193);
  return hash >>> 0;
}

/**
 * The `pod-template-hash` of a defaulted template. It depends on the fields that the API has, so every minor gives
 * others. Upstream: pkg/controller/controller_utils.go `ComputeHash`
 */
export function templateHash(
  template: PodTemplateSpec,
  collisionCount?: number,
  version: KubernetesVersion = '1.36',
): string {
  const bytes = new TextEncoder().encode(goDump('PodTemplateSpec', template, version));
  let sum = fnv32a(bytes);
  if (collisionCount !== undefined) {
    const count = new Uint8Array(8);
    new DataView(count.buffer).setUint32(0, collisionCount, true);
    sum = fnv32a(count, sum);
  }
  return safeEncode(String(sum));
}
