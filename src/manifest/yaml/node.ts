import type { ScalarStyle } from './token';

interface NodeBase {
  /** Offsets into the text, anchor and tag included. */
  readonly start: number;
  end: number;
  readonly anchor?: string;
}

export interface ScalarNode extends NodeBase {
  readonly kind: 'scalar';
  readonly value: string;
  readonly tag: string;
  readonly implicit: boolean;
  readonly style: ScalarStyle;
}

export interface SequenceNode extends NodeBase {
  readonly kind: 'sequence';
  readonly flow: boolean;
  readonly items: YamlNode[];
}

export interface MappingNode extends NodeBase {
  readonly kind: 'mapping';
  readonly flow: boolean;
  readonly pairs: { readonly key: YamlNode; readonly value: YamlNode }[];
}

export interface AliasNode extends NodeBase {
  readonly kind: 'alias';
  readonly name: string;
  readonly target: YamlNode;
}

/** A YAML value with its place in the text. */
export type YamlNode = ScalarNode | SequenceNode | MappingNode | AliasNode;
