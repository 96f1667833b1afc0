import { type Document, isScalar, LineCounter, parseAllDocuments, Scalar, visit } from 'yaml';
import { deepEqual } from '@/kubernetes/api/object';
import { readManifest } from '@/manifest/read';

/**
 * The text with even indentation, comments and blank lines kept. Undefined where it cannot be read, or would not mean the same
 * afterwards: then it stays as it is.
 */
export function formatted(text: string): string | undefined {
  const before = readManifest(text);
  if (before.errors.length > 0 || /^\s*[{[]/.test(text)) return undefined;
  const documents = parseAllDocuments(text, {
    schema: 'failsafe',
    keepSourceTokens: true,
    lineCounter: new LineCounter(),
  });
  if (!Array.isArray(documents) || documents.some((one: Document) => one.errors.length > 0)) return undefined;
  const indentSeq = /^( *)[\w"'./-]+:[ ]*(?:#.*)?\n\1 +- /m.test(text);
  const parts = documents.map((document) => {
    visit(document, {
      Scalar(_, node) {
        // In this schema every value is a text: words and numbers stay as they were typed.
        if (isScalar(node) && node.type === Scalar.PLAIN && typeof node.source === 'string') node.value = node.source;
      },
    });
    return document.toString({ indentSeq, lineWidth: 0, flowCollectionPadding: false });
  });
  const result = parts.join('');
  const after = readManifest(result);
  const same = deepEqual(
    after.documents.map(({ value }) => value),
    before.documents.map(({ value }) => value),
  );
  return same && after.errors.length === 0 ? result : undefined;
}
