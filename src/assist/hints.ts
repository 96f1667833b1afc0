import { valueAt } from '@/checker/change';
import { objectsOf } from '@/checker/objects';
import type { KubernetesVersion } from '@/kubernetes/api/kind';
import { isObject } from '@/kubernetes/api/object';
import type { FieldPath, ManifestDocument, Position } from '@/manifest/manifest';
import { readManifest } from '@/manifest/read';
import { causesOf, filledIn, type FilledIn } from './filled-in';
import { flowText } from './flow-text';
import { readObject } from './objects';

/** Fields that the server will add at one place of the text. */
export interface Hint {
  readonly position: Position;
  readonly fields: readonly HintField[];
}

export interface HintField {
  /** `hostPort: 80` */
  readonly text: string;
  readonly where: FilledIn['where'];
  /** It matters for whose port it is, who gets it, and how long one waits for it. */
  readonly notable: boolean;
}

/** What the server will fill in, in the order of the text; nothing where the text cannot be read. */
export function hintsOf(text: string, minor: KubernetesVersion): Hint[] {
  return objectsOf(readManifest(text).documents).flatMap((document) => {
    const object = readObject(document.value, minor);
    return object ? grouped(document, filledIn(object, minor)) : [];
  });
}

function grouped(document: ManifestDocument, filled: readonly FilledIn[]): Hint[] {
  const groups = new Map<string, { position: Position; fields: HintField[] }>();
  for (const { path, value, where } of filled) {
    const position = besides(document, path);
    if (!position) continue;
    const key = `${position.line}:${position.character}`;
    const group = groups.get(key) ?? { position, fields: [] };
    const name = String(path.at(-1));
    group.fields.push({ text: `${name}: ${flowText(value)}`, where, notable: notable.includes(name) });
    groups.set(key, group);
  }
  return [...groups.values()].sort(({ position: a }, { position: b }) => a.line - b.line || a.character - b.character);
}

/** Behind the field that it follows from, else behind the first line of the object that it is added to. */
function besides(document: ManifestDocument, path: FieldPath): Position | undefined {
  const parent = path.slice(0, -1);
  for (const cause of causesOf(path)) {
    const { value, found } = document.rangeOf([...parent, cause]);
    if (found && value.start.line === value.end.line) return value.end;
  }
  const { key, value, found } = document.rangeOf(parent);
  // An object that is not in the text is added as a whole: its own hint says so.
  if (!found) return undefined;
  if (key && key.end.line !== value.start.line) return { ...key.end, character: key.end.character + 1 };
  const inside = valueAt(document.value, parent);
  const first = isObject(inside) ? Object.keys(inside)[0] : undefined;
  if (first === undefined) return value.end;
  const pair = document.rangeOf([...parent, first]);
  if (pair.key && pair.key.end.line !== pair.value.end.line)
    return { ...pair.key.end, character: pair.key.end.character + 1 };
  return pair.value.end;
}

const notable: readonly string[] = [
  'dnsPolicy',
  'hostPort',
  'imagePullPolicy',
  'protocol',
  'replicas',
  'restartPolicy',
  'strategy',
  'targetPort',
  'type',
  'updateStrategy',
];
