import type { KubernetesVersion } from '../kind';
import unserved from './unserved.json';

const absent: Readonly<Partial<Record<KubernetesVersion, readonly string[]>>> = unserved;

/** Whether a minor serves a resource of v1.36. */
export function isServedBy(
  version: KubernetesVersion,
  { group, version: of, plural }: { readonly group: string; readonly version: string; readonly plural: string },
): boolean {
  return absent[version]?.includes(`${group === '' ? of : `${group}/${of}`} ${plural}`) !== true;
}
