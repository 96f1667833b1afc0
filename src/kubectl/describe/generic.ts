import { isObject, type KubeObject } from '@/kubernetes/api/object';
import { sortedKeys } from '../output/go-json';
import type { Describer } from './describer';
import { describeEvents, eventsAbout } from './events';
import { Lines } from './lines';
import { head } from './metadata';

/** Kinds without a describer of their own, field by field. Upstream: describe.go `genericDescriber`. */
export const describeAnything: Describer<KubeObject> = (object, { invocation, events }) => {
  const lines = new Lines();
  head(lines, object);
  lines.field('API Version', object.apiVersion);
  lines.field('Kind', object.kind);
  const { apiVersion: _, kind: __, metadata: ___, ...rest } = object;
  write(lines, 0, rest);
  if (events) describeEvents(lines, eventsAbout(invocation, object), invocation.now);
  return lines.toString();
};

function write(lines: Lines, level: number, value: { readonly [key: string]: unknown }): void {
  for (const key of sortedKeys(value)) {
    const item = value[key];
    const name = label(key);
    if (isObject(item)) {
      lines.add(level, `${name}:`);
      write(lines, level + 1, item);
    } else if (Array.isArray(item)) {
      lines.add(level, `${name}:`);
      for (const one of item) {
        if (isObject(one)) write(lines, level + 1, one);
        else lines.add(level + 1, String(one));
      }
    } else lines.field(name, String(item as string | number | boolean | null), level);
  }
}

/** `podCIDR` → `Pod CIDR`. Upstream: `smartLabelFor`. */
function label(field: string): string {
  if (/^[^a-z]|[^A-Za-z0-9]/.test(field)) return field;
  const words = field.match(/[A-Z]+(?![a-z])|[A-Z]?[a-z0-9]+|[A-Z]/g) ?? [field];
  const short = ['api', 'dns', 'cidr', 'id', 'ip', 'tls', 'uid', 'url', 'http', 'os', 'pod'];
  return words
    .map((word) =>
      short.slice(0, -1).includes(word.toLowerCase())
        ? word.toUpperCase()
        : word.charAt(0).toUpperCase() + word.slice(1),
    )
    .join(' ');
}
