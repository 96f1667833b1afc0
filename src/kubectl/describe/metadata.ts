import type { KubeObject } from '@/kubernetes/api/object';
import type { Lines } from './lines';

const hidden = ['kubectl.kubernetes.io/last-applied-configuration'];
const longest = 140;

type Texts = Readonly<Record<string, string>> | undefined;

/** `Labels:  a=b`, one line each, sorted. Upstream: kubectl/pkg/describe/describe.go `printLabelsMultiline`. */
export function labels(lines: Lines, title: string, map: Texts): void {
  const keys = Object.keys(map ?? {}).sort();
  if (keys.length === 0) lines.add(0, `${title}:\t<none>`);
  for (const [i, key] of keys.entries()) lines.add(0, `${i === 0 ? `${title}:` : ''}\t${key}=${map?.[key] ?? ''}`);
}

/** Upstream: `printAnnotationsMultiline`: long values and those of several lines stand under their key. */
export function annotations(lines: Lines, title: string, map: Texts): void {
  const keys = Object.keys(map ?? {})
    .filter((key) => !hidden.includes(key))
    .sort();
  if (keys.length === 0) lines.add(0, `${title}:\t<none>`);
  for (const [i, key] of keys.entries()) {
    const head = i === 0 ? `${title}:` : '';
    const value = (map?.[key] ?? '').replace(/\n$/, '');
    if (value.length + key.length + 2 > longest || value.includes('\n')) {
      lines.add(0, `${head}\t${key}:`);
      for (const line of value.split('\n')) lines.add(0, `\t  ${shortened(line)}`);
    } else lines.add(0, `${head}\t${key}: ${value}`);
  }
}

function shortened(text: string): string {
  return text.length > longest - 2 ? `${text.slice(0, longest - 2)}...` : text;
}

/** Name, Namespace (where there is one), Labels, Annotations: how most descriptions begin. */
export function head(lines: Lines, { metadata }: Pick<KubeObject, 'metadata'>): void {
  lines.field('Name', metadata.name);
  if (metadata.namespace !== undefined) lines.field('Namespace', metadata.namespace);
  labels(lines, 'Labels', metadata.labels);
  annotations(lines, 'Annotations', metadata.annotations);
}
