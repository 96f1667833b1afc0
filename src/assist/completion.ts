import type { KubernetesVersion } from '@/kubernetes/api/kind';
import type { Position } from '@/manifest/manifest';
import type { Choice } from './choice';
import { type Cursor, cursorAt, identityOf } from './cursor';
import { type Field, fieldAt, kindField, namesBelow, resolved, typeText } from './fields';
import { objectChoices, apiVersionChoices, kindChoices } from './kinds';
import { nodesBelow, type OutlineDocument, pathTo } from './outline/node';
import { SnippetText, escaped } from './snippet-text';
import { partSnippets } from './snippets';

/** What the place knows besides the text. */
export interface Surroundings {
  readonly kubernetes: KubernetesVersion;
  readonly nodeNames: readonly string[];
}

/** Everything that could be written at a position, the best first. */
export function choicesAt(text: string, position: Position, around: Surroundings): Choice[] {
  const cursor = cursorAt(text, position);
  if (!cursor) return [];
  const { apiVersion, kind } = identityOf(cursor.document);
  const path = pathTo(cursor.at);
  if (path.length === 1 && cursor.writes === 'value') {
    if (cursor.at.step === 'kind') return kindChoices(cursor, apiVersion, around.kubernetes);
    if (cursor.at.step === 'apiVersion') return apiVersionChoices(cursor, kind, around.kubernetes);
  }
  const root = apiVersion && kind ? kindField(apiVersion, kind, around.kubernetes) : undefined;
  if (!root) return path.length === 0 && cursor.writes === 'key' ? objectChoices(cursor) : [];
  const field = fieldAt(root, path, around.kubernetes);
  if (!field) return [];
  if (cursor.writes === 'value' && !field.schema.properties) return valueChoices(cursor, field, around);
  return fieldChoices(cursor, field, around.kubernetes);
}

function fieldChoices(cursor: Cursor, field: Field, minor: KubernetesVersion): Choice[] {
  const { at, own, range, fresh } = cursor;
  const column = range.start.character;
  const listIndent = listIndentOf(cursor.document);
  if (field.schema.items) {
    if (!fresh || cursor.writes !== 'key') return [];
    const item = resolved(field.schema.items, minor);
    const insert = `- ${new SnippetText(minor, listIndent).item(item, column)}`;
    return [{ label: `- ${typeText(item, minor)}`, sort: 'item', insert, range }];
  }
  const present = at.children.filter((child) => child !== own && !child.word).map((child) => child.step);
  const renames = own !== undefined && !own.word;
  const names = namesBelow(field).filter(
    (name) => !present.includes(name) && !isServers(name, field, at.parent === undefined),
  );
  const choices = names.map((name): Choice => {
    const child = resolved(field.schema.properties?.[name] ?? {}, minor);
    const whole = fresh && !renames;
    const insert = whole
      ? new SnippetText(minor, listIndent).pair(name, child, column)
      : escaped(name) + (renames ? '' : ': ');
    return {
      label: name,
      sort: 'field',
      detail: typeText(child, minor),
      required: field.schema.required?.includes(name) === true,
      ...(field.id === undefined ? {} : { of: { id: field.id, name } }),
      insert,
      range,
      more: !renames && (child.schema.type === 'boolean' || child.schema.enum !== undefined || name === 'nodeName'),
    };
  });
  return fresh && !renames ? [...choices, ...partSnippets(field, present, range)] : choices;
}

function valueChoices({ at, range, document }: Cursor, { schema, of }: Field, around: Surroundings): Choice[] {
  const values =
    schema.type === 'boolean'
      ? ['true', 'false']
      : of?.name === 'nodeName'
        ? around.nodeNames
        : of?.name === 'targetPort' || (of?.name === 'port' && schema.format === 'int-or-string')
          ? portNames(document)
          : (schema.enum ?? []);
  const space = range.start.character === at.range.end.character + 1 && typeof at.step === 'string' ? ' ' : '';
  return values.map((value) => ({
    label: value === '' ? '""' : value,
    sort: 'value',
    insert: space + escaped(value === '' ? '""' : value),
    range,
  }));
}

/** The names of ports in the same document. */
function portNames({ root }: OutlineDocument): string[] {
  const named = [...nodesBelow(root)].filter(({ step, parent }) => step === 'name' && parent?.parent?.step === 'ports');
  return [...new Set(named.map(({ value }) => value))].filter((value) => value !== '');
}

/** As far in as the lists of the document stand; 2 where there is none yet. */
function listIndentOf({ root }: OutlineDocument): number {
  for (const { step, range, parent } of nodesBelow(root))
    if (typeof step === 'number' && parent && parent.range.start.line !== range.start.line)
      return range.start.character > parent.range.start.character ? 2 : 0;
  return 2;
}

/** Fields that the server writes, not people. */
function isServers(name: string, { id }: Field, isRoot: boolean): boolean {
  return (isRoot && name === 'status') || (id?.endsWith('.ObjectMeta') === true && serverMetadata.includes(name));
}

const serverMetadata = [
  'creationTimestamp',
  'deletionGracePeriodSeconds',
  'deletionTimestamp',
  'generation',
  'managedFields',
  'resourceVersion',
  'selfLink',
  'uid',
];
