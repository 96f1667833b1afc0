import type { FieldPath } from './manifest';
import type { MappingNode, YamlNode } from './yaml/node';
import { resolveScalar } from './yaml/resolve';
import { isMergeKey, keyText } from './yaml/to-json';

export interface Located {
  readonly node: YamlNode;
  readonly key?: YamlNode;
  readonly found: boolean;
  /** How many steps of the path led here. */
  readonly steps: number;
  /** The mappings and sequences passed through, outermost first. */
  readonly parents: readonly YamlNode[];
  /** The way led through an alias or a merge key: what stands there is read elsewhere as well. */
  readonly shared: boolean;
}

/** Follows a path through a tree as far as it goes. Aliases are followed; the last of equal keys counts. */
export function locate(root: YamlNode, path: FieldPath): Located {
  let node = root;
  let key: YamlNode | undefined;
  const parents: YamlNode[] = [];
  let shared = false;
  for (let i = 0; i < path.length;) {
    const target = resolved(node);
    const step = child(target, path, i);
    if (!step) return { node, key, found: false, steps: i, parents, shared };
    shared ||= target !== node || step.merged === true;
    parents.push(target);
    ({ node, key } = step);
    i += step.taken;
  }
  return { node, key, found: true, steps: path.length, parents, shared };
}

function resolved(node: YamlNode): YamlNode {
  // An anchor may hold an alias to another, but never to itself: such a document was refused.
  let target = node;
  for (let i = 0; target.kind === 'alias' && i < 100; i++) target = target.target;
  return target;
}

interface Step {
  readonly node: YamlNode;
  readonly key?: YamlNode;
  readonly taken: number;
  readonly merged?: boolean;
}

function child(node: YamlNode, path: FieldPath, at: number): Step | undefined {
  const step = path[at];
  if (step === undefined) return undefined;
  if (node.kind === 'sequence') {
    const item = typeof step === 'number' ? node.items[step] : undefined;
    return item && { node: item, taken: 1 };
  }
  if (node.kind !== 'mapping') return undefined;
  // A key with dots in it may have been cut at them.
  let name = String(step);
  for (let taken = 1; ; taken++) {
    const found = entry(node, name, 0);
    if (found) return { ...found, taken };
    const next = path[at + taken];
    if (typeof next !== 'string') return undefined;
    name += `.${next}`;
  }
}

function entry(node: MappingNode, name: string, depth: number): Omit<Step, 'taken'> | undefined {
  for (let i = node.pairs.length - 1; i >= 0; i--) {
    const pair = node.pairs[i];
    if (!pair) continue;
    const { key, value } = pair;
    if (!isMergeKey(key)) {
      if (nameOf(key) === name) return { key, node: value };
      continue;
    }
    const target = resolved(value);
    for (const source of target.kind === 'sequence' ? target.items : [target]) {
      const merged = resolved(source);
      const found = merged.kind === 'mapping' && depth < 10 ? entry(merged, name, depth + 1) : undefined;
      if (found) return { ...found, merged: true };
    }
  }
  return undefined;
}

/** The text a key has in JSON. */
export function nameOf(key: YamlNode): string | undefined {
  const scalar = resolved(key);
  return scalar.kind === 'scalar' ? keyText(resolveScalar(scalar).value) : undefined;
}
