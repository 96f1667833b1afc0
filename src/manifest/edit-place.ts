import { ParsedDocument } from './document';
import { locate, type Located } from './locate';
import type { FieldPath, ManifestDocument } from './manifest';
import { parsePath } from './path';
import type { YamlNode } from './yaml/node';
import { yamlText } from './yaml-text';

/** Where an edit is to be made. */
export interface EditPlace extends Located {
  readonly document: ParsedDocument;
  readonly wanted: FieldPath;
}

/**
 * The place of a field for an edit; undefined where there is none, or where what stands there is read in other places
 * as well (an alias, a merge key), so that an edit would change more than it says.
 */
export function editPlace(document: ManifestDocument, path: FieldPath | string): EditPlace | undefined {
  if (!(document instanceof ParsedDocument) || !document.root) return undefined;
  const wanted = typeof path === 'string' ? parsePath(path) : path;
  const located = locate(document.root, wanted);
  return located.shared ? undefined : { ...located, document, wanted };
}

/** Whether aliases may point into a node: then it must not go. */
export function holdsAnchor(root: YamlNode): boolean {
  const waiting = [root];
  for (let node = waiting.pop(); node; node = waiting.pop()) {
    if (node.kind === 'alias') continue;
    if (node.anchor !== undefined) return true;
    if (node.kind === 'sequence') waiting.push(...node.items);
    if (node.kind === 'mapping') for (const { key, value } of node.pairs) waiting.push(key, value);
  }
  return false;
}

/** A value as this document writes it: JSON quotes every text. */
export function written({ json }: ParsedDocument, value: unknown): string {
  return json ? JSON.stringify(value) : yamlText(value);
}
