import { BoundedRegExp } from '../language/bounded-regexp';
import type { Address, Edit } from './sed-script';
import { linesOf } from './text';

/** More commands than this no everyday script carries out: it goes round for ever. */
const mostSteps = 500_000;

/** What sed has written when it ends, with its exit code. */
export interface Edited {
  readonly text: string;
  readonly code: number;
  readonly endless?: true;
}

/** Edits a text line by line. Upstream: GNU sed 4.8, sed/execute.c. */
export function edited(text: string, edits: readonly Edit[], quiet: boolean): Edited {
  const run = new Run(linesOf(text), edits, quiet);
  const code = run.all();
  const result = run.out.map((line) => `${line}\n`).join('');
  const whole = text.endsWith('\n') || text === '' ? result : result.replace(/\n$/, '');
  return { text: whole, code, ...(run.steps > mostSteps ? { endless: true as const } : {}) };
}

type Next = 'on' | 'cycle' | 'again' | { readonly quit: number; readonly silent: boolean } | { readonly jump: string };

class Run {
  readonly out: string[] = [];
  steps = 0;
  private read = 0;
  private space = '';
  private hold = '';
  private after: string[] = [];
  private changed = false;
  private used: RegExp | undefined;

  constructor(
    private readonly lines: readonly string[],
    private readonly edits: readonly Edit[],
    private readonly quiet: boolean,
  ) {
    for (const edit of edits) edit.until = undefined;
  }

  all(): number {
    let keeps = false;
    while (keeps || this.read < this.lines.length) {
      if (!keeps) {
        this.space = this.lines[this.read++] ?? '';
        this.changed = false;
      }
      const next = this.cycle();
      keeps = next === 'again';
      const silent = next === 'cycle' || keeps || (typeof next === 'object' && 'silent' in next && next.silent);
      if (!silent && !this.quiet) this.out.push(this.space);
      this.out.push(...this.after.splice(0));
      if (typeof next === 'object' && 'quit' in next) return next.quit;
      if (this.steps > mostSteps) return 1;
    }
    return 0;
  }

  private cycle(): Next {
    for (let step = 0; step < this.edits.length; step++) {
      const edit = this.edits[step];
      if (!edit || ++this.steps > mostSteps) break;
      if (!this.applies(edit)) {
        step += edit.skip !== undefined && edit.command === '{' ? edit.skip : 0;
        continue;
      }
      const next = this.perform(edit);
      if (next === 'on') continue;
      if (typeof next === 'string' || 'quit' in next) return next;
      if (next.jump === '') return 'on';
      step = this.edits.findIndex((one) => one.command === ':' && one.text === next.jump);
    }
    return 'on';
  }

  private perform(edit: Edit): Next {
    switch (edit.command) {
      case 's':
        this.substitute(edit);
        return 'on';
      case 'y':
        this.space = [...this.space]
          .map((one) => (edit.text.includes(one) ? (edit.other?.[edit.text.indexOf(one)] ?? one) : one))
          .join('');
        return 'on';
      case 'd':
        return 'cycle';
      case 'D':
        if (!this.space.includes('\n')) return 'cycle';
        this.space = this.space.slice(this.space.indexOf('\n') + 1);
        return 'again';
      case 'p':
        this.out.push(this.space);
        return 'on';
      case 'P':
        this.out.push(this.space.split('\n')[0] ?? '');
        return 'on';
      case 'l':
        this.out.push(visible(this.space));
        return 'on';
      case 'q':
      case 'Q':
        return { quit: Number(edit.text), silent: edit.command === 'Q' };
      case '=':
        this.out.push(String(this.read));
        return 'on';
      case 'i':
        this.out.push(edit.text);
        return 'on';
      case 'a':
        this.after.push(edit.text);
        return 'on';
      case 'c':
        // Of a range the text comes once, at its end.
        if (!edit.to || edit.negated || edit.until === undefined) this.out.push(edit.text);
        return 'cycle';
      case 'n':
      case 'N':
        return this.more(edit.command === 'N');
      case 'h':
        this.hold = this.space;
        return 'on';
      case 'H':
        this.hold += `\n${this.space}`;
        return 'on';
      case 'g':
        this.space = this.hold;
        return 'on';
      case 'G':
        this.space += `\n${this.hold}`;
        return 'on';
      case 'x':
        [this.space, this.hold] = [this.hold, this.space];
        return 'on';
      case 'b':
        return { jump: edit.text };
      case 't':
      case 'T': {
        const jumps = this.changed === (edit.command === 't');
        this.changed = false;
        return jumps ? { jump: edit.text } : 'on';
      }
      default:
        return 'on';
    }
  }

  /** `n` and `N`: without another line sed prints what it has, and ends. */
  private more(appends: boolean): Next {
    if (this.read >= this.lines.length) return { quit: 0, silent: false };
    const line = this.lines[this.read++] ?? '';
    if (!appends && !this.quiet) this.out.push(this.space);
    if (!appends) this.out.push(...this.after.splice(0));
    this.space = appends ? `${this.space}\n${line}` : line;
    return 'on';
  }

  private substitute(edit: Edit): void {
    const pattern = this.pattern(edit.pattern ?? 'empty');
    let count = 0;
    let hit = false;
    const every = new BoundedRegExp(pattern.source, `g${pattern.flags.replace('g', '')}`);
    let end = -1;
    this.space = this.space.replace(every, (...found) => {
      const place = Number(found.find((one) => typeof one === 'number'));
      // Nothing right behind what was just replaced is no hit of its own.
      if (found[0] === '' && place === end) return '';
      end = place + String(found[0]).length;
      count++;
      if (count !== edit.nth && !(count > edit.nth && edit.every)) return String(found[0]);
      hit = true;
      return replacement(edit.text, found);
    });
    if (!hit) return;
    this.changed = true;
    if (edit.print) this.out.push(this.space);
  }

  private pattern(given: RegExp | 'empty'): RegExp {
    if (given !== 'empty') this.used = given;
    return this.used ?? /(?:)/;
  }

  private applies(edit: Edit): boolean {
    const { from, to, negated } = edit;
    if (!from) return !negated;
    if (!to) return this.hits(from) !== negated;
    return this.inRange(edit, from, to) !== negated;
  }

  private inRange(edit: Edit, from: Address, to: NonNullable<Edit['to']>): boolean {
    const number = this.read;
    if (edit.until === undefined) {
      // `0,/x/`: the first line may already end it.
      const zero = 'line' in from && from.line === 0;
      if (!(zero ? number === 1 : this.hits(from))) return false;
      const last =
        'plus' in to
          ? number + to.plus
          : 'multiple' in to
            ? to.multiple > 0
              ? Math.floor(number / to.multiple + 1) * to.multiple
              : number
            : 'line' in to
              ? to.line
              : -1;
      if (last > number || (last === -1 && !(zero && 'pattern' in to && this.hits(to)))) edit.until = last;
      return true;
    }
    const ends = edit.until === -1 ? 'plus' in to || 'multiple' in to || this.hits(to) : number >= edit.until;
    if (edit.until !== -1 && number > edit.until) {
      edit.until = undefined;
      return this.hits(from);
    }
    if (ends) edit.until = undefined;
    return true;
  }

  private hits(address: Address): boolean {
    if ('line' in address) return address.line === this.read;
    if ('last' in address) return this.read === this.lines.length;
    if ('pattern' in address) return this.pattern(address.pattern).test(this.space);
    const { first, step } = address;
    return step === 0 ? this.read === first : this.read >= first && (this.read - first) % step === 0;
  }
}

/** `&` and `\1` in the new text of `s`. */
function replacement(text: string, found: readonly unknown[]): string {
  return text.replace(/\\(.)|&/gs, (all, escaped: string | undefined) => {
    if (all === '&') return String(found[0]);
    if (escaped !== undefined && /\d/.test(escaped)) {
      const group = found[Number(escaped)];
      return typeof group === 'string' ? group : '';
    }
    return escaped === 'n' ? '\n' : escaped === 't' ? '\t' : (escaped ?? '');
  });
}

const letters: Readonly<Record<string, string>> = {
  '\n': 'n',
  '\t': 't',
  '\r': 'r',
  '\b': 'b',
  '\f': 'f',
  '\v': 'v',
  '\u0007': 'a',
  '\\': '\\',
};

/** `l`: the line so that nothing of it stays unseen. */
function visible(text: string): string {
  const shown = Array.from(text, (one) => {
    const letter = letters[one];
    if (letter !== undefined) return `\\${letter}`;
    const isControl = one < ' ' || one === '\u007f';
    return isControl ? `\\${one.charCodeAt(0).toString(8).padStart(3, '0')}` : one;
  }).join('');
  const parts = shown.match(/.{1,69}/g) ?? [''];
  return `${parts.join('\\\n')}$`;
}
