import { YamlError } from './error';
import { goSingle, goSyntax } from './go-syntax';
import type { AliasNode, MappingNode, ScalarNode, SequenceNode, YamlNode } from './node';
import { resolveScalar } from './resolve';

/** A map as go-yaml makes it: keys of any type. Only used while a document is converted. */
export type GoMap = Map<unknown, unknown>;

// go.yaml.in/yaml/v2 decode.go
const aliasRatioLow = 400_000;
const aliasRatioHigh = 4_000_000;

/** Deeper than any manifest; upstream gives up at 10000, but conversion is recursive, and so are those who walk the result. */
const deepest = 1000;

/**
 * A tree as plain JSON, as sigs.k8s.io/yaml converts it: merge keys, aliases, the last of equal keys, keys turned into
 * text. Throws YamlError.
 */
export function toJson(root: YamlNode): unknown {
  const plain = plainJson(root, 0);
  return plain === odd ? jsonable(new Decoder().value(root, 0), root.start) : plain;
}

/** Something that takes the long way: an alias, a merge key, a key that is no text, a number that JSON has not. */
const odd = Symbol('odd');

/** The JSON of a tree that holds nothing odd, as most do. */
function plainJson(node: YamlNode, depth: number): unknown {
  if (depth > deepest) return odd;
  switch (node.kind) {
    case 'alias':
      return odd;
    case 'scalar': {
      const { value } = resolveScalar(node);
      return typeof value === 'number' && !Number.isFinite(value) ? odd : value;
    }
    case 'sequence': {
      const list: unknown[] = [];
      for (const item of node.items) {
        const value = plainJson(item, depth + 1);
        if (value === odd) return odd;
        list.push(value);
      }
      return list;
    }
    case 'mapping': {
      const object: { [key: string]: unknown } = {};
      for (const { key, value } of node.pairs) {
        const name = key.kind === 'scalar' && !isMergeKey(key) ? resolveScalar(key).value : odd;
        if (typeof name !== 'string' || name === '__proto__') return odd;
        const entry = plainJson(value, depth + 1);
        if (entry === odd) return odd;
        object[name] = entry;
      }
      return object;
    }
  }
}

class Decoder {
  private decoded = 0;
  private aliased = 0;
  private aliasDepth = 0;
  private readonly following = new Set<AliasNode>();

  value(node: YamlNode, depth: number): unknown {
    this.count(node);
    if (depth > deepest) throw new YamlError('value', 'exceeded max depth of 10000', node.start);
    switch (node.kind) {
      case 'scalar':
        return resolveScalar(node).value;
      case 'sequence':
        return this.sequence(node, depth + 1);
      case 'mapping':
        return this.mapping(node, new Map(), depth);
      case 'alias':
        return this.follow(node, (target) => this.value(target, depth + 1));
    }
  }

  private sequence({ items }: SequenceNode, depth: number): unknown[] {
    const out: unknown[] = [];
    for (const item of items) out.push(this.value(item, depth));
    return out;
  }

  /** An alias bomb expands to far more than the text holds. */
  private count(node: YamlNode): void {
    this.decoded++;
    if (this.aliasDepth > 0) this.aliased++;
    if (this.aliased <= 100 || this.decoded <= 1000) return;
    const range = aliasRatioHigh - aliasRatioLow;
    const scaled = 0.99 - 0.89 * ((this.decoded - aliasRatioLow) / range);
    const allowed = Math.min(0.99, Math.max(0.1, scaled));
    if (this.aliased / this.decoded > allowed) {
      throw new YamlError('value', 'document contains excessive aliasing', node.start);
    }
  }

  private follow<T>(node: AliasNode, visit: (target: YamlNode) => T): T {
    if (this.following.has(node)) {
      throw new YamlError('value', `anchor '${node.name}' value contains itself`, node.start);
    }
    this.following.add(node);
    this.aliasDepth++;
    const result = visit(node.target);
    this.aliasDepth--;
    this.following.delete(node);
    return result;
  }

  private mapping(node: MappingNode, out: GoMap, depth: number): GoMap {
    for (const { key, value } of node.pairs) {
      if (isMergeKey(key)) {
        this.merge(value, out, depth + 1);
        continue;
      }
      const name = this.value(key, depth + 1);
      if (typeof name === 'object' && name !== null) {
        throw new YamlError('value', `invalid map key: ${goSyntax(name)}`, key.start);
      }
      out.set(name, this.value(value, depth + 1));
    }
    return out;
  }

  /** `<<`: what is merged in overrides what stands before it and is overridden by what follows. */
  private merge(node: YamlNode, out: GoMap, depth: number): void {
    const target = node.kind === 'alias' ? node.target : node;
    if (target.kind === 'mapping') {
      this.count(node);
      if (node.kind === 'alias') {
        this.follow(node, () => {
          this.count(target);
          this.mapping(target, out, depth);
        });
      } else {
        this.mapping(target, out, depth);
      }
      return;
    }
    const wrong = () => new YamlError('value', 'map merge requires map or sequence of maps as the value', node.start);
    if (node.kind !== 'sequence') throw wrong();
    for (const item of [...(node satisfies SequenceNode).items].reverse()) {
      if ((item.kind === 'alias' ? item.target : item).kind !== 'mapping') throw wrong();
      this.merge(item, out, depth);
    }
  }
}

/** `<<`, plain or tagged as a merge key. */
export function isMergeKey(node: YamlNode): node is ScalarNode {
  return node.kind === 'scalar' && node.value === '<<' && (node.implicit || node.tag === 'tag:yaml.org,2002:merge');
}

/** Upstream: sigs.k8s.io/yaml yaml.go `convertToJSONableObject` */
function jsonable(value: unknown, offset: number): unknown {
  if (Array.isArray(value)) {
    const out: unknown[] = [];
    for (const item of value) out.push(jsonable(item, offset));
    return out;
  }
  if (value instanceof Map) {
    const out: { [key: string]: unknown } = {};
    // The Maps here are those of `resolved` alone.
    for (const [key, item] of value as GoMap) {
      if (key === null) {
        const text = `unsupported map key of type: %!s(<nil>), key: <nil>, value: ${goSyntax(item)}`;
        throw new ConversionError(text, offset);
      }
      const entry = jsonable(item, offset);
      const name = keyText(key);
      // `__proto__` is a key as any other; only assigning to it does something else.
      if (name !== '__proto__') out[name] = entry;
      else Object.defineProperty(out, name, { value: entry, enumerable: true, writable: true, configurable: true });
    }
    return out;
  }
  if (typeof value === 'number' && !Number.isFinite(value)) {
    throw new ConversionError(`json: unsupported value: ${goSyntax(value)}`, offset);
  }
  return value;
}

/** Refusals of the conversion itself: they do not begin with `yaml: `. */
export class ConversionError extends Error {
  constructor(
    message: string,
    readonly offset: number,
  ) {
    super(message);
  }
}

/** The text a key has in JSON. Whole numbers that need an exponent were fractions to YAML. */
export function keyText(key: unknown): string {
  if (typeof key !== 'number') return String(key);
  if (Number.isNaN(key)) return '.nan';
  if (!Number.isFinite(key)) return key > 0 ? '.inf' : '-.inf';
  return Number.isSafeInteger(key) ? String(key) : goSingle(key);
}
