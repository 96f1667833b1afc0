import type { KubeObject } from '@/kubernetes/api/object';
import type { Lines } from './lines';

const hidden = ['kubectl.kubernetes.io/last-applied-configuration'];
const longest = 140;

type Texts = Readonly<Record<string, string>> | undefined;

/** `Labels:  a=b`, one line each, sorted. Upstream: kubectl/pkg/describe/describe.go `printLabelsMultiline`. */
export function labels(lines: Lines, title: string, map: Texts, level = 0): void {
  const keys = Object.keys(map ?? {}).sort();
  const nested = nestedIn(level);
  if (keys.length === 0) lines.add(level, `${title}:\t${nested}<none>`);
  for (const [i, key] of keys.entries()) {
    lines.add(level, `${i === 0 ? `${title}:` : nested}\t${nested}${key}=${map?.[key] ?? ''}`);
  }
}

/** A writer within a writer sets in every piece of a line, not its beginning alone. Upstream: `nestedPrefixWriter`. */
function nestedIn(level: number): string {
  return '  '.repeat(level);
}

/** Upstream: `printAnnotationsMultiline`: long values and those of several lines stand under their key. */
export function annotations(lines: Lines, title: string, map: Texts, level = 0): void {
  const keys = Object.keys(map ?? {})
    .filter((key) => !hidden.includes(key))
    .sort();
  const nested = nestedIn(level);
  if (keys.length === 0) lines.add(level, `${title}:\t${nested}<none>`);
  for (const [i, key] of keys.entries()) {
    const head = i === 0 ? `${title}:` : '';
    const value = (map?.[key] ?? '').replace(/\n$/, '');
    if (value.length + key.length + 2 > longest || value.includes('\n')) {
      lines.add(level, `${head}\t${nested}${key}:`);
      for (const line of value.split('\n')) lines.add(level, `\t  ${shortened(line)}`);
    } else lines.add(level, `${head}\t${nested}${key}: ${value}`);
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
