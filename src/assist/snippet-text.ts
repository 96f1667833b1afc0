import { type Field, namesBelow, resolved } from './fields';
import type { KubernetesVersion } from '@/kubernetes/api/kind';

/**
 * What stands in the text when a field or an item was chosen, in the form of the Language Server Protocol's snippets: `${1}` is
 * where one goes on to write. Lines are indented as they will stand.
 */
export class SnippetText {
  private places = 0;

  /** `listIndent`: how much further in than its key a list stands, 0 or 2. */
  constructor(
    private readonly minor: KubernetesVersion,
    private readonly listIndent: number,
  ) {}

  /** `ports:` and what must stand below it. `column`: where the key stands. */
  pair(name: string, field: Field, column: number, depth = 0): string {
    return `${escaped(name)}:${this.below(field, column, depth)}`;
  }

  /** What stands behind the dash of a new item that stands at `column`. */
  item(field: Field, column: number, depth = 0): string {
    const needed = neededBelow(field, column);
    if (needed.length === 0) return this.place();
    return needed.map((name) => this.child(field, name, column + 2, depth)).join(newline(column + 2));
  }

  private below({ schema }: Field, column: number, depth: number): string {
    if (schema.items) {
      const at = column + this.listIndent;
      return `${newline(at)}- ${this.item(resolved(schema.items, this.minor), at, depth + 1)}`;
    }
    if (schema.properties) {
      const needed = depth > 3 ? [] : neededBelow({ schema, ...idOf(schema) }, column);
      const lines = needed.map((name) => this.child({ schema, ...idOf(schema) }, name, column + 2, depth + 1));
      return newline(column + 2) + (lines.length > 0 ? lines.join(newline(column + 2)) : this.place());
    }
    if (schema.additionalProperties) return `${newline(column + 2)}${this.place()}: ${this.place()}`;
    return ` ${this.place()}`;
  }

  private child(parent: Field, name: string, column: number, depth: number): string {
    const schema = parent.schema.properties?.[name];
    return schema ? this.pair(name, resolved(schema, this.minor), column, depth) : '';
  }

  private place(): string {
    this.places += 1;
    return `\${${this.places}}`;
  }
}

/** Text that means itself in a snippet. */
export function escaped(text: string): string {
  return text.replace(/[\\$}]/g, '\\$&');
}

function neededBelow({ schema, id }: Field, column: number): string[] {
  // An object needs a name, a template has none of its own.
  if (id?.endsWith('.ObjectMeta')) return [column === 0 ? 'name' : 'labels'];
  const own = [...(schema.required ?? []), ...(wanted[id?.split('.').at(-1) ?? ''] ?? [])];
  return namesBelow({ schema, id }).filter((name) => own.includes(name));
}

/** Fields that nothing works without, though the schema does not ask for them. */
const wanted: Readonly<Record<string, readonly string[]>> = {
  Container: ['image'],
  LabelSelector: ['matchLabels'],
  PodTemplateSpec: ['metadata', 'spec'],
};

function idOf({ $ref: id }: Field['schema']): { id?: string } {
  return id === undefined ? {} : { id };
}

function newline(column: number): string {
  return `\n${' '.repeat(column)}`;
}
