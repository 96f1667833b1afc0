import type { KubeObject } from '@/kubernetes/api/object';

/** Writes one object (or a List) down; may remember what it wrote before. */
export type ObjectPrinter = (object: KubeObject) => string;

/** The objects of a List, or the object itself. */
export function itemsOf(object: KubeObject): KubeObject[] {
  // Only this room makes Lists, and it puts objects into them.
  return object.kind === 'List' && Array.isArray(object.items) ? (object.items as KubeObject[]) : [object];
}
