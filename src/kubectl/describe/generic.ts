import { isObject, type KubeObject } from '@/kubernetes/api/object';
import { goValueText } from '../output/go-syntax';
import { sortedKeys } from '@/kubernetes/strconv/go-json';
import type { Describer } from './describer';
import { describeEvents, eventsAbout } from './events';
import { Lines } from './lines';
import { annotations, labels } from './metadata';

/** Kinds without a describer of their own, field by field. Upstream: describe.go `genericDescriber`. */
export const describeAnything: Describer<KubeObject> = (object, { invocation, events }) => {
  const lines = new Lines();
  lines.field('Name', object.metadata.name);
  lines.field('Namespace', object.metadata.namespace);
  labels(lines, 'Labels', object.metadata.labels);
  annotations(lines, 'Annotations', object.metadata.annotations);
  const { managedFields: _, name: __, namespace: ___, labels: ____, annotations: _____, ...metadata } = object.metadata;
  write(lines, 0, { ...object, metadata });
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
        else lines.add(level + 1, goValueText(one));
      }
    } else lines.add(level, `${name}:\t${goValueText(item)}`);
  }
}

const acronyms = ['API', 'URL', 'UID', 'GUID'];

/** `podCIDR` → `Pod CIDR`. Upstream: `smartLabelFor`, with github.com/fatih/camelcase. */
function label(field: string): string {
  if (/[^\p{L}-]/u.test(field)) return field;
  const words = field.match(/[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[A-Z]+|-/g) ?? [field];
  return words
    .map((word) =>
      acronyms.includes(word.toUpperCase()) ? word.toUpperCase() : word.charAt(0).toUpperCase() + word.slice(1),
    )
    .join(' ');
}
