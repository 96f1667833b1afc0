import { isObject, type JsonObject } from '../../api/object';

/**
 * A set of field paths as a tree. Steps are written as in FieldsV1: `f:spec`, `k:{"name":"web"}`, `v:"value"`.
 * Upstream: sigs.k8s.io/structured-merge-diff fieldpath/set.go
 */
export class FieldSet {
  /** Whether the path that leads here is a member itself. */
  owned = false;
  readonly children = new Map<string, FieldSet>();

  static fromJson(json: unknown): FieldSet {
    const set = new FieldSet();
    if (!isObject(json)) return set;
    const keys = Object.keys(json);
    for (const key of keys) {
      if (key === '.') set.owned = true;
      else set.children.set(key, FieldSet.fromJson(json[key]));
    }
    if (keys.length === 0) set.owned = true;
    return set;
  }

  toJson(): JsonObject {
    const json: JsonObject = {};
    if (this.owned && this.children.size > 0) json['.'] = {};
    for (const key of [...this.children.keys()].sort()) json[key] = this.children.get(key)?.toJson();
    return json;
  }

  get isEmpty(): boolean {
    return !this.owned && this.children.size === 0;
  }

  child(step: string): FieldSet {
    const existing = this.children.get(step);
    if (existing) return existing;
    const made = new FieldSet();
    this.children.set(step, made);
    return made;
  }

  has(path: readonly string[]): boolean {
    return this.at(path)?.owned ?? false;
  }

  at([step, ...rest]: readonly string[]): FieldSet | undefined {
    return step === undefined ? this : this.children.get(step)?.at(rest);
  }

  add([step, ...rest]: readonly string[]): void {
    if (step === undefined) this.owned = true;
    else this.child(step).add(rest);
  }

  union(other: FieldSet): FieldSet {
    return this.combine(other, (a, b) => a || b);
  }

  intersection(other: FieldSet): FieldSet {
    return this.combine(other, (a, b) => a && b);
  }

  difference(other: FieldSet): FieldSet {
    return this.combine(other, (a, b) => a && !b);
  }

  /** Every member below this one: at each step those that end there come first. Upstream: `Set.Iterate` */
  *paths(prefix: readonly string[] = []): Generator<readonly string[]> {
    const steps = [...this.children.keys()].sort();
    for (const step of steps) if (this.children.get(step)?.owned) yield [...prefix, step];
    for (const step of steps) yield* this.children.get(step)?.paths([...prefix, step]) ?? [];
  }

  private combine(other: FieldSet | undefined, keep: (a: boolean, b: boolean) => boolean): FieldSet {
    const out = new FieldSet();
    out.owned = keep(this.owned, other?.owned ?? false);
    for (const step of new Set([...this.children.keys(), ...(other?.children.keys() ?? [])])) {
      const combined = (this.children.get(step) ?? new FieldSet()).combine(other?.children.get(step), keep);
      if (!combined.isEmpty) out.children.set(step, combined);
    }
    return out;
  }
}

/** `.spec.containers[name="web"].image`: a path as conflicts print it. */
export function pathOf(steps: readonly string[]): string {
  return steps.map(stepText).join('');
}

function stepText(step: string): string {
  const rest = step.slice(2);
  if (step.startsWith('f:')) return `.${rest}`;
  if (step.startsWith('v:')) return `[=${rest}]`;
  const key: unknown = JSON.parse(rest);
  const pairs = isObject(key) ? Object.entries(key).map(([name, value]) => `${name}=${JSON.stringify(value)}`) : [];
  return `[${pairs.join(',')}]`;
}
