import { isObject } from '@/kubernetes/api/object';
import { ParsedDocument } from '@/manifest/document';
import type { ManifestDocument } from '@/manifest/manifest';

/**
 * The objects of a file: a document is one, or a list of them, whose items are then sent one by one. Upstream:
 * staging/src/k8s.io/cli-runtime/pkg/resource/visitor.go `FlattenListVisitor`
 */
export function objectsOf(documents: readonly ManifestDocument[]): ManifestDocument[] {
  return documents.flatMap((document) => {
    const { value } = document;
    if (!isObject(value) || typeof value.kind !== 'string' || !value.kind.endsWith('List')) return [document];
    if (!Array.isArray(value.items) || !(document instanceof ParsedDocument)) return [document];
    const items: readonly unknown[] = value.items;
    // The items of a typed list may leave out what the list says of them.
    const typed =
      value.kind === 'List' ? {} : { apiVersion: value.apiVersion, kind: value.kind.slice(0, -'List'.length) };
    return items.map((item, i) => {
      const bare = isObject(item) && item.apiVersion === undefined && item.kind === undefined;
      return document.part(['items', i], bare ? { ...typed, ...item } : item);
    });
  });
}
