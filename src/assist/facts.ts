import { valueAt } from '@/checker/change';
import { objectsOf } from '@/checker/objects';
import type { KubernetesVersion } from '@/kubernetes/api/kind';
import { isObject } from '@/kubernetes/api/object';
import type { Position, Range } from '@/manifest/manifest';
import { readManifest } from '@/manifest/read';
import { type OnChange, onChange } from './changes';
import { identityOf } from './cursor';
import { fieldAt, kindField, typeText } from './fields';
import { causesOf, filledIn } from './filled-in';
import { flowText } from './flow-text';
import { readObject } from './objects';
import { nodesBelow, type OutlineNode, pathTo } from './outline/node';
import { readOutline } from './outline/read';

/** What is known of a field that stands in a text. */
export interface FieldFacts {
  readonly range: Range;
  /** As explain writes it: `Pod.spec.containers.ports.hostPort`. */
  readonly title: string;
  readonly type: string;
  readonly required: boolean;
  readonly enum: readonly string[];
  /** What it is when it is left out, as the published schema says. */
  readonly fallback?: string;
  /** Where its description is to be found. */
  readonly of?: { readonly id: string; readonly name: string };
  readonly onChange?: OnChange;
  /** What the server adds right below it: `protocol: TCP`. */
  readonly adds: readonly { readonly text: string; readonly where: 'object' | 'pod' }[];
}

/** The facts on the field at a position; undefined where there is none, or none that the server knows. */
export function factsAt(text: string, position: Position, minor: KubernetesVersion): FieldFacts | undefined {
  const document = readOutline(text).find(({ from, to }) => position.line >= from && position.line < to);
  const node = document && [...nodesBelow(document.root)].find((one) => isOn(one, position));
  const { apiVersion, kind } = document ? identityOf(document) : {};
  if (!node || !apiVersion || !kind) return undefined;
  const path = pathTo(node);
  const root = kindField(apiVersion, kind, minor);
  const field = root && fieldAt(root, path, minor);
  if (!field?.of) return undefined;
  const fallback = field.schema.default;
  return {
    range: node.range,
    title: [kind, ...path.filter((step) => typeof step === 'string')].join('.'),
    type: typeText(field, minor),
    required: field.of.required,
    enum: field.schema.enum ?? [],
    ...(fallback === undefined || fallback === '' || fallback === 0 || isObject(fallback)
      ? {}
      : { fallback: flowText(fallback) }),
    of: field.of,
    ...served(text, node, path, field.schema.enum ?? [], minor),
  };
}

/** What the server does with it; nothing where the text cannot be read. */
function served(
  text: string,
  node: OutlineNode,
  path: readonly (string | number)[],
  choices: readonly string[],
  minor: KubernetesVersion,
): Pick<FieldFacts, 'onChange' | 'adds'> {
  const { line } = node.range.start;
  const own = objectsOf(readManifest(text).documents).find(
    ({ range }) => range.start.line <= line && range.end.line >= line,
  );
  if (!own || !isObject(own.value)) return { adds: [] };
  const object = readObject(own.value, minor);
  const adds = object ? filledIn(object, minor).filter((one) => beside(one.path, path, own.value)) : [];
  const change = onChange(own.value, path, choices, minor);
  return {
    ...(change ? { onChange: change } : {}),
    adds: adds.map(({ path: at, value, where }) => ({ text: `${String(at.at(-1))}: ${flowText(value)}`, where })),
  };
}

/** Because of the field, below it, or below the items of its list. */
function beside(at: readonly (string | number)[], path: readonly (string | number)[], value: unknown): boolean {
  const parent = at.slice(0, -1);
  const name = path.at(-1);
  const cause = typeof name === 'string' && causesOf(at).includes(name) && parent.length === path.length - 1;
  if (cause) return parent.every((step, i) => path[i] === step);
  const same = path.every((step, i) => parent[i] === step);
  if (same && parent.length === path.length) return true;
  return same && parent.length === path.length + 1 && Array.isArray(valueAt(value, path));
}

function isOn(node: OutlineNode, { line, character }: Position): boolean {
  const { start, end } = node.range;
  if (
    typeof node.step === 'string' &&
    start.line === line &&
    start.character <= character &&
    character <= end.character
  )
    return !node.word;
  const value = node.valueRange;
  return (
    node.value !== '' &&
    !node.inner &&
    value.start.line === line &&
    value.start.character <= character &&
    character <= value.end.character
  );
}
