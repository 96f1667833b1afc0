import { LineCounter, parseDocument } from 'yaml';
import type { Manifest, ManifestDocument, ManifestError, Range } from './manifest';

const nowhere: Range = { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };

/** Reads a file of one or more YAML or JSON documents as kubectl does. Never throws. */
export function readManifest(text: string): Manifest {
  const documents: ManifestDocument[] = [];
  const errors: ManifestError[] = [];
  for (const chunk of text.split(/^---(?:[ \t].*)?$/m)) {
    const document = parseDocument(chunk, {
      version: '1.1',
      uniqueKeys: false,
      merge: true,
      lineCounter: new LineCounter(),
    });
    const problem = document.errors[0];
    if (problem) {
      const line = problem.linePos?.[0].line ?? 1;
      const message = `error converting YAML to JSON: yaml: line ${line}: ${problem.message.split('\n')[0] ?? ''}`;
      errors.push({ code: 'yaml-syntax', message, range: nowhere, document: documents.length });
      break;
    }
    const value: unknown = document.toJS();
    if (value === null || value === undefined) continue;
    const index = documents.length;
    documents.push({ index, value, range: nowhere, rangeOf: () => ({ value: nowhere, found: false }) });
  }
  return { documents, errors };
}
