import type { FieldPath, ManifestDocument, Range } from '@/manifest/manifest';
import { fixesOf, type Proposal } from './change';
import type { Finding } from './finding';
import { placeOf } from './place';
import { parsePath } from '@/manifest/path';

/** A finding before it is given its file. */
export type Remark = Omit<Finding, 'file'>;

/** What is said, of which field, before its characters are looked for. */
export interface Details {
  readonly severity?: Finding['severity'];
  readonly code: string;
  readonly speaker: Finding['speaker'];
  readonly message: string;
  readonly path: string | FieldPath;
  /** Point at the field's name rather than at its value. */
  readonly key?: boolean;
  readonly proposal?: Proposal;
}

/** A remark at a field of a document; a missing field points at its nearest parent. */
export function remark(document: ManifestDocument, object: string, details: Details): Remark {
  const { severity = 'error', code, speaker, message, path, key = false, proposal } = details;
  const steps = typeof path === 'string' ? parsePath(path) : path;
  const range: Range = placeOf(document, steps, message, key);
  const text = typeof path === 'string' ? path : pathText(path);
  const fixes = fixesOf(document, proposal);
  return { document: document.index, object, severity, code, speaker, message, path: text, range, fixes };
}

/** `['spec', 'containers', 0, 'image']` → `spec.containers[0].image` */
export function pathText(path: FieldPath): string {
  return path.reduce<string>(
    (text, step) => (typeof step === 'number' ? `${text}[${step}]` : text === '' ? step : `${text}.${step}`),
    '',
  );
}
