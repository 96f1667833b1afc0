import { BoundedRegExp } from '../language/bounded-regexp';
import { extendedRegExp } from './regular-expression';

/** `empty`: `//`, the regular expression that was used last. */
export type Address =
  | { readonly line: number }
  | { readonly last: true }
  | { readonly pattern: RegExp | 'empty' }
  /** `first~step` */
  | { readonly first: number; readonly step: number };

/** `addr,+N`, `addr,~N` */
export type End = Address | { readonly plus: number } | { readonly multiple: number };

/** One command of a script with where it holds. */
export interface Edit {
  readonly from?: Address;
  readonly to?: End;
  readonly negated: boolean;
  readonly command: string;
  readonly pattern?: RegExp | 'empty';
  /** The new text of `s`, what `a`, `i` and `c` write, the letters of `y`, a label, the exit code of `q`. */
  readonly text: string;
  readonly print: boolean;
  /** `s/a/b/2`: which of several is changed; with `g` (`every`) those after it too. */
  readonly nth: number;
  readonly every: boolean;
  /** `{ … }`: how many of the edits that follow stand in the braces. */
  skip?: number;
  /** `y/abc/xyz/`: the letters that `text` becomes. */
  readonly other?: string;
  /** Inside a range: the line it ends with, when that is known; -1 when a pattern ends it. */
  until?: number;
}

/** Reads a script, or throws an Error with sed's words. Upstream: GNU sed 4.8, sed/compile.c. */
export function parseScript(script: string, kind: 'basic' | 'extended'): Edit[] {
  const edits: Edit[] = [];
  const open: number[] = [];
  let at = 0;
  const match = (pattern: RegExp): string | undefined => {
    const found = pattern.exec(script.slice(at))?.[0];
    at += found?.length ?? 0;
    return found;
  };
  const delimited = (end: string, what: string): string => {
    let text = '';
    for (; at < script.length && script[at] !== end; at++) {
      if (script[at] === '\\' && at + 1 < script.length) {
        if (script[at + 1] === end) at++;
        else text += script[at++];
      }
      text += script[at];
    }
    if (at >= script.length) throw new Error(`char ${script.length}: ${what}`);
    at++;
    return text;
  };
  const expression = (source: string, flags: string) =>
    source === '' ? 'empty' : new BoundedRegExp(extendedRegExp(source, kind), flags);
  const address = (): Address | undefined => {
    const digits = match(/^\d+/);
    if (digits !== undefined) {
      const step = match(/^~\d+/);
      return step === undefined ? { line: Number(digits) } : { first: Number(digits), step: Number(step.slice(1)) };
    }
    if (match(/^\$/)) return { last: true };
    const end = match(/^\/|^\\[^\n]/)?.at(-1);
    if (end === undefined) return undefined;
    const source = delimited(end, 'unterminated address regex');
    return { pattern: expression(source, match(/^I/) ? 'i' : '') };
  };
  const add = (edit: Partial<Edit> & Pick<Edit, 'command' | 'negated'>) =>
    edits.push({ text: '', print: false, nth: 1, every: false, ...edit });
  for (match(/^[\s;]+/); at < script.length; match(/^[\s;]+/)) {
    if (match(/^\}/)) {
      const begin = open.pop();
      const brace = edits[begin ?? -1];
      if (begin === undefined || !brace) throw new Error(`char ${at}: unexpected \`}'`);
      brace.skip = edits.length - begin - 1;
      continue;
    }
    const from = address();
    const comma = from && match(/^\s*,\s*/);
    const more = comma === undefined ? undefined : match(/^[+~]\d+/);
    const number = Number(more?.slice(1));
    const to: End | undefined =
      comma === undefined
        ? undefined
        : more === undefined
          ? address()
          : more.startsWith('+')
            ? { plus: number }
            : { multiple: number };
    if (comma !== undefined && !to) throw new Error(`char ${at}: unexpected \`,'`);
    match(/^ +/);
    const negated = match(/^!\s*/) !== undefined;
    const command = script[at++] ?? '';
    const where = { from, to, negated, command };
    if (command === '') throw new Error(`char ${script.length}: missing command`);
    else if (command === '#') match(/^[^\n]*/);
    else if (command === '{') add({ ...where, skip: open.push(edits.length) });
    else if (command === 's' || command === 'y') {
      const end = script[at++] ?? '/';
      const problem = `unterminated \`${command}' command`;
      const source = delimited(end, problem);
      const text = delimited(end, problem);
      if (command === 'y') add({ ...where, text: source, other: text });
      else {
        const flags = match(/^[gpiI0-9]*/) ?? '';
        const nth = Number(/\d+/.exec(flags)?.[0] ?? 1);
        const pattern = expression(source, /i/i.test(flags) ? 'i' : '');
        add({ ...where, pattern, text, print: flags.includes('p'), nth, every: flags.includes('g') });
      }
    } else if ('aic'.includes(command)) add({ ...where, text: (match(/^\\?\s*[^\n]*/) ?? '').replace(/^\\?\s*/, '') });
    else if (':btT'.includes(command)) add({ ...where, text: (match(/^[ \t]*[^\s;}]*/) ?? '').trim() });
    else if ('qQ'.includes(command)) add({ ...where, text: (match(/^ *\d*/) ?? '').trim() });
    else if ('dDpP=nNhHgGxl'.includes(command)) add(where);
    else throw new Error(`char ${at}: unknown command: \`${command}'`);
  }
  if (open.length > 0) throw new Error("char 0: unmatched `{'");
  for (const { command, text } of edits)
    if ('btT'.includes(command) && text !== '' && !edits.some((one) => one.command === ':' && one.text === text))
      throw new Error(`can't find label for jump to \`${text}'`);
  return edits;
}
