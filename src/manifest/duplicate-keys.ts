import { ParsedDocument } from './document';
import { nameOf } from './locate';
import type { FieldPath, ManifestDocument, Range, TextEdit } from './manifest';
import { removePair } from './remove';
import type { YamlNode } from './yaml/node';
import { isMergeKey } from './yaml/to-json';

/** A key that stands in its mapping already. */
export interface DuplicateKey {
  readonly name: string;
  /** The mapping's path, then the key. */
  readonly path: FieldPath;
  /** The key before it, whose value nobody reads. */
  readonly earlier: Range;
  readonly key: Range;
  /** Edits that take the earlier one out, which changes nothing of what is read. */
  readonly removeEarlier: readonly TextEdit[];
}

/** A node on the way through a document; its path is put together only where something is found. */
interface Place {
  readonly node: YamlNode;
  readonly step: string | number;
  readonly parent: Place | undefined;
}

function pathOf(place: Place): (string | number)[] {
  const steps: (string | number)[] = [];
  for (let at = place; at.parent; at = at.parent) steps.push(at.step);
  return steps.reverse();
}

/**
 * Keys that a mapping holds twice. YAML→JSON conversion keeps the last of them and says nothing, so that the server
 * never sees the others. Not recursive: the nesting of a text is bounded by its scanner alone.
 */
export function duplicateKeys(document: ManifestDocument): DuplicateKey[] {
  if (!(document instanceof ParsedDocument) || !document.root) return [];
  const found: DuplicateKey[] = [];
  const waiting: Place[] = [{ node: document.root, step: '', parent: undefined }];
  for (let place = waiting.pop(); place; place = waiting.pop()) {
    const { node } = place;
    const parent = place;
    if (node.kind === 'sequence') node.items.forEach((item, i) => waiting.push({ node: item, step: i, parent }));
    if (node.kind !== 'mapping') continue;
    const seen = new Map<string, number>();
    node.pairs.forEach(({ key, value }, i) => {
      const name = isMergeKey(key) ? undefined : nameOf(key);
      if (value.kind !== 'scalar') waiting.push({ node: value, step: name ?? '<<', parent });
      if (name === undefined) return;
      const before = seen.get(name);
      const earlier = before === undefined ? undefined : node.pairs[before];
      if (before !== undefined && earlier) {
        found.push({
          name,
          path: [...pathOf(parent), name],
          earlier: document.rangeOfNode(earlier.key),
          key: document.rangeOfNode(key),
          removeEarlier: removePair(document, node, before),
        });
      }
      seen.set(name, i);
    });
  }
  return found.sort((a, b) => a.key.start.line - b.key.start.line || a.key.start.character - b.key.start.character);
}
