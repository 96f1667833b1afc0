import { cloneJson, isObject } from '@/kubernetes/api/object';
import { parsePath } from '@/manifest/path';
import type { FieldPath } from '@/manifest/manifest';
import { applyChange, type Proposal } from './change';

/**
 * A document's value, without the mistakes that were told already, so that those behind them are found as well. What
 * could not be mended is taken out, and nothing is said of the hole.
 */
export class Mended {
  private copy: unknown;
  private copied = false;
  private readonly renamed: { readonly path: FieldPath; readonly from: string }[] = [];
  private readonly holes: FieldPath[] = [];

  constructor(private readonly written: unknown) {}

  get value(): unknown {
    return this.copied ? this.copy : this.written;
  }

  /** The value, to be changed: not the document's own any more. */
  private own(): unknown {
    if (!this.copied) this.copy = cloneJson(this.written);
    this.copied = true;
    return this.copy;
  }

  /** The place in the text of a path in the mended value. */
  original(path: FieldPath | string): FieldPath {
    const steps = typeof path === 'string' ? parsePath(path) : path;
    if (this.renamed.length === 0) return steps;
    return steps.map((step, i) => this.renamed.find((one) => isPrefix(one.path, steps, i + 1))?.from ?? step);
  }

  apply({ changes }: Proposal): void {
    const value = this.own();
    if (!isObject(value)) return;
    for (const change of changes) {
      applyChange(value, change);
      const from = change.path.at(-1);
      if (change.kind === 'rename' && typeof from === 'string') {
        this.renamed.push({ path: [...change.path.slice(0, -1), change.name], from });
      }
    }
  }

  /** Takes a value out. A list keeps its length: `null` holds nothing. */
  empty(path: FieldPath): void {
    const value = this.own();
    if (!isObject(value)) return;
    applyChange(value, { kind: 'set', path, value: null });
    this.holes.push(path);
  }

  /** Whether what is said of a field is said only because something was taken out. */
  isHole(path: FieldPath | string, message: string): boolean {
    if (this.holes.length === 0) return false;
    const steps = typeof path === 'string' ? parsePath(path) : path;
    // A selector is compared with labels that stand elsewhere.
    const compares = message.includes('does not match template');
    return this.holes.some(
      (hole) =>
        (steps.length > 0 && (isPrefix(steps, hole, steps.length) || isPrefix(hole, steps, hole.length))) ||
        (compares && hole.some((step) => step === 'labels' || step === 'selector')),
    );
  }

  get whole(): boolean {
    return this.holes.length === 0;
  }
}

/** Whether a path is the first `length` steps of another. */
function isPrefix(path: FieldPath, of: FieldPath, length: number): boolean {
  return path.length === length && length <= of.length && path.every((step, i) => step === of[i]);
}
