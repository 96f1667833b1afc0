import { goQuote } from './literal';
import { bytesOf } from './value';

/** What may stand as a word of a command. `at` = where an error says it is. Upstream: text/template/parse/node.go. */
export type Operand =
  | { readonly type: 'field' | 'variable'; readonly at: number; readonly names: readonly string[] }
  | { readonly type: 'chain'; readonly at: number; readonly of: Operand; readonly names: readonly string[] }
  | { readonly type: 'identifier'; readonly at: number; readonly name: string }
  | { readonly type: 'dot' | 'nil'; readonly at: number }
  | { readonly type: 'bool'; readonly at: number; readonly value: boolean }
  | {
      readonly type: 'number';
      readonly at: number;
      readonly text: string;
      readonly value: number;
      readonly float: boolean;
    }
  | { readonly type: 'string'; readonly at: number; readonly text: string; readonly value: string }
  | Pipeline;

export interface CommandNode {
  readonly type: 'command';
  readonly at: number;
  readonly words: Operand[];
}

export interface Pipeline {
  readonly type: 'pipeline';
  readonly at: number;
  readonly declared: string[];
  assigns: boolean;
  readonly commands: CommandNode[];
}

export interface Branch {
  readonly type: 'if' | 'range' | 'with';
  readonly at: number;
  readonly pipeline: Pipeline;
  readonly then: Statement[];
  readonly otherwise: Statement[] | undefined;
}

export type Statement =
  | { readonly type: 'text'; readonly at: number; readonly text: string }
  | { readonly type: 'action'; readonly at: number; readonly pipeline: Pipeline }
  | { readonly type: 'break' | 'continue'; readonly at: number }
  | { readonly type: 'template'; readonly at: number; readonly name: string; readonly pipeline: Pipeline | undefined }
  | Branch;

export type Node = Operand | CommandNode | Statement;

/** A node as it is quoted in an error: `<index .spec 0>`. */
export function nodeText(node: Node): string {
  switch (node.type) {
    case 'field':
      return node.names.map((name) => `.${name}`).join('');
    case 'variable':
      return node.names.join('.');
    case 'chain': {
      const of = node.of.type === 'pipeline' ? `(${nodeText(node.of)})` : nodeText(node.of);
      return of + node.names.map((name) => `.${name}`).join('');
    }
    case 'identifier':
      return node.name;
    case 'dot':
      return '.';
    case 'nil':
      return 'nil';
    case 'bool':
      return String(node.value);
    case 'number':
    case 'string':
    case 'text':
      return node.text;
    case 'command':
      return node.words.map((word) => (word.type === 'pipeline' ? `(${nodeText(word)})` : nodeText(word))).join(' ');
    case 'pipeline': {
      const declared = node.declared.length > 0 ? `${node.declared.join(', ')} ${node.assigns ? '=' : ':='} ` : '';
      return declared + node.commands.map(nodeText).join(' | ');
    }
    case 'action':
      return `{{${nodeText(node.pipeline)}}}`;
    case 'break':
    case 'continue':
      return `{{${node.type}}}`;
    case 'template':
      return `{{template ${goQuote(node.name)}${node.pipeline ? ` ${nodeText(node.pipeline)}` : ''}}}`;
    default: {
      const otherwise = node.otherwise ? `{{else}}${node.otherwise.map(nodeText).join('')}` : '';
      return `{{${node.type} ${nodeText(node.pipeline)}}}${node.then.map(nodeText).join('')}${otherwise}{{end}}`;
    }
  }
}

/** Nothing but spaces. Upstream: parse.go `IsEmptyTree`. */
export function isEmpty(statements: readonly Statement[]): boolean {
  return statements.every((one) => one.type === 'text' && one.text.trim() === '');
}

/** A place as an error names it: lines from 1, columns in bytes from 0. Upstream: parse.go `ErrorContext`. */
export function lineAndColumn(source: string, at: number): string {
  const before = source.slice(0, at).split('\n');
  return `${before.length}:${bytesOf(before.at(-1) ?? '').length}`;
}
