import type { PodTemplateSpec } from '../../api/generated/core-v1';

/** `k8s.io/apimachinery/pkg/util/rand`: letters and digits that spell no words. */
const alphabet = 'bcdfghjklmnpqrstvwxz2456789';

/** Digit by digit into the alphabet: `SafeEncodeString`. */
export function safeEncode(text: string): string {
  let out = '';
  for (let i = 0; i < text.length; i++) out += alphabet[text.charCodeAt(i) % alphabet.length];
  return out;
}

/** FNV-1a, 32 bits, over UTF-8. */
export function fnv32a(bytes: Uint8Array, start = 0x811c9dc5): number {
  let hash = start;
  for (const byte of bytes) hash = Math.imul(hash ^ byte, 0x01000193);
  return hash >>> 0;
}

/** The `pod-template-hash` of a template. */
export function templateHash(template: PodTemplateSpec, collisionCount?: number): string {
  const bytes = new TextEncoder().encode(canonical(template));
  let sum = fnv32a(bytes);
  if (collisionCount !== undefined) {
    const count = new Uint8Array(8);
    new DataView(count.buffer).setUint32(0, collisionCount, true);
    sum = fnv32a(count, sum);
  }
  return safeEncode(String(sum));
}

function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(' ')}]`;
  if (typeof value !== 'object' || value === null) return String(value);
  const entries = Object.entries(value).filter(([, item]) => item !== undefined);
  entries.sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([key, item]) => `${key}:${canonical(item)}`).join(' ')}}`;
}
