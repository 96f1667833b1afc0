/** The alphabet of generated names. Upstream: apimachinery/pkg/util/rand `alphanums`. */
const letter = '[bcdfghjklmnpqrstvwxz2456789]';
const generated = new RegExp(`(?:-${letter}{6,10})?-${letter}{5}$`);

/**
 * Names that two clusters share. Generated ones differ wherever the template does: `web-5d4f8c7b9-x2k4p` becomes
 * `web-…#1`, counted in the order in which the Pods are given. Gives the way to name a text anew.
 */
export function sharedNames(pods: readonly string[]): (text: string) => string {
  const counts = new Map<string, number>();
  const names: (readonly [string, string])[] = [];
  for (const pod of pods) {
    const stem = pod.replace(generated, '');
    if (stem === pod) continue;
    const count = (counts.get(stem) ?? 0) + 1;
    counts.set(stem, count);
    names.push([pod, `${stem}-…#${count}`]);
  }
  return (text) => names.reduce((changed, [from, to]) => changed.replaceAll(from, to), text);
}
