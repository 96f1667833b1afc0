import type { KubernetesVersion } from '@/kubernetes/api/kind';
import { hasDescriptions, provideDescriptions, provideOlderDescriptions } from './descriptions';

/**
 * Loads the descriptions of a minor as modules of their own and hands them in; once they are there it does nothing.
 * What older minors say otherwise is loaded for them only.
 */
export async function loadDescriptions(minor: KubernetesVersion = '1.36'): Promise<void> {
  if (!hasDescriptions('1.36')) provideDescriptions((await import('./descriptions-v1.36.json')).default);
  if (!hasDescriptions(minor)) {
    provideOlderDescriptions((await import('@/kubernetes/api/versions/descriptions.json')).default);
  }
}

/** Whether a script or recording may come to need them: what keeps a host from loading them for nothing. */
export function mentionsExplain(text: string): boolean {
  return text.includes('explain');
}
