import type { ShellCommand, ShellContext } from '../command';
import { readFile } from './input-files';
import { hasFlag, readOptions } from './options';
import { extendedRegExp } from './regular-expression';
import { joinLines, linesOf } from './text';
import { BoundedRegExp } from '../language/bounded-regexp';

type Address = { readonly line: number } | { readonly last: true } | { readonly pattern: RegExp };

interface Edit {
  readonly from?: Address;
  readonly to?: Address;
  readonly negated: boolean;
  readonly command: string;
  readonly pattern?: RegExp;
  readonly text: string;
  readonly print: boolean;
  /** `s/a/b/2`: which of several is changed (and, with `g`, those after it). */
  readonly nth?: number;
  /** `{ … }`: how many of the edits that follow stand in the braces. */
  skip?: number;
  /** `y/abc/xyz/`: the letters that `text` becomes. */
  readonly other?: string;
  /** Inside a range, by edit: whether it has begun. */
  active: boolean;
}

/** The everyday part of sed: `s`, `y`, `d`, `p`, `q`, `a`, `i`, `c`, `=`, `{ … }` with line, `$` and `/pattern/` addresses. */
export const sed: ShellCommand = {
  *run(args, context) {
    const options = readOptions(args, { flags: ['n', 'E', 'r', 'i', 's', 'u'], withValue: ['e'] });
    const operands = [...options.operands];
    const scripts = options.values.get('e') ?? [operands.shift() ?? ''];
    let edits: Edit[];
    try {
      edits = parseScript(scripts.join('\n'), hasFlag(options, 'E', 'r') ? 'extended' : 'basic');
    } catch (problem) {
      context.stderr(
        `sed: -e expression #1, char 0: ${problem instanceof Error ? problem.message : 'unknown command'}\n`,
      );
      return 1;
    }
    const quiet = hasFlag(options, 'n');
    if (operands.length === 0) context.stdout(edited(context.stdin, edits, quiet));
    return operands.reduce(
      (code, name) => Math.max(code, editFile(name, edits, quiet, hasFlag(options, 'i'), context)),
      0,
    );
  },
  incremental: (args) => !args.join(' ').includes('$'),
};

function editFile(
  name: string,
  edits: readonly Edit[],
  quiet: boolean,
  inPlace: boolean,
  context: ShellContext,
): number {
  const text = readFile(name, context);
  if (text === undefined) {
    context.stderr(`sed: can't read ${name}: No such file or directory\n`);
    return 2;
  }
  const result = edited(text, edits, quiet);
  if (inPlace) context.files.write(name, result);
  else context.stdout(result);
  return 0;
}

function edited(text: string, edits: readonly Edit[], quiet: boolean): string {
  const lines = linesOf(text);
  const out: string[] = [];
  for (const edit of edits) edit.active = false;
  for (const [index, original] of lines.entries()) {
    let line: string | undefined = original;
    let quit = false;
    const after: string[] = [];
    for (let step = 0; step < edits.length; step++) {
      const edit = edits[step];
      if (line === undefined || !edit) break;
      if (!applies(edit, line, index + 1, index === lines.length - 1)) {
        step += edit.skip ?? 0;
        continue;
      }
      switch (edit.command) {
        case 's': {
          const changed: string = edit.pattern ? substitute(line, edit.pattern, edit) : line;
          if (edit.print && changed !== line) out.push(changed);
          line = changed;
          break;
        }
        case 'y':
          line = [...line]
            .map((one) => (edit.text.indexOf(one) < 0 ? one : (edit.other?.[edit.text.indexOf(one)] ?? one)))
            .join('');
          break;
        case 'd':
          line = undefined;
          break;
        case 'p':
          out.push(line);
          break;
        case 'q':
          quit = true;
          break;
        case '=':
          out.push(String(index + 1));
          break;
        case 'i':
          out.push(edit.text);
          break;
        case 'a':
          after.push(edit.text);
          break;
        case 'c':
          out.push(edit.text);
          line = undefined;
      }
      if (quit) break;
    }
    if (line !== undefined && !quiet) out.push(line);
    out.push(...after);
    if (quit) break;
  }
  const result = joinLines(out);
  return text.endsWith('\n') || text === '' ? result : result.replace(/\n$/, '');
}

function applies(edit: Edit, line: string, number: number, last: boolean): boolean {
  const hit = (address: Address) =>
    'line' in address ? address.line === number : 'last' in address ? last : address.pattern.test(line);
  let result: boolean;
  if (!edit.from) result = true;
  else if (!edit.to) result = hit(edit.from);
  else if (edit.active) {
    result = true;
    if (hit(edit.to) || ('line' in edit.to && edit.to.line <= number)) edit.active = false;
  } else {
    result = hit(edit.from);
    edit.active = result && !('line' in edit.to && edit.to.line <= number);
  }
  return result !== edit.negated;
}

function substitute(line: string, pattern: RegExp, { text, nth = 1 }: Edit): string {
  let count = 0;
  if (nth === 1) return line.replace(pattern, (...found) => replacement(text, found));
  const every = new BoundedRegExp(pattern.source, `g${pattern.flags.replace('g', '')}`);
  return line.replace(every, (...found) => {
    count++;
    return count === nth || (count > nth && pattern.global) ? replacement(text, found) : String(found[0]);
  });
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

function parseScript(script: string, kind: 'basic' | 'extended'): Edit[] {
  const edits: Edit[] = [];
  let at = 0;
  const delimited = (end: string): string => {
    let text = '';
    for (; at < script.length && script[at] !== end; at++) {
      if (script[at] === '\\' && at + 1 < script.length) {
        if (script[at + 1] === end) at++;
        else text += script[at++];
      }
      text += script[at];
    }
    if (at >= script.length) throw new Error("unterminated `s' command");
    at++;
    return text;
  };
  const address = (): Address | undefined => {
    const digits = /^\d+/.exec(script.slice(at))?.[0];
    if (digits) {
      at += digits.length;
      return { line: Number(digits) };
    }
    if (script[at] === '$') {
      at++;
      return { last: true };
    }
    if (script[at] !== '/') return undefined;
    at++;
    return { pattern: new BoundedRegExp(extendedRegExp(delimited('/'), kind)) };
  };
  const open: number[] = [];
  while (at < script.length) {
    if (script[at] === '}') {
      const begin = open.pop();
      const brace = edits[begin ?? -1];
      if (begin === undefined || !brace) throw new Error("unexpected `}'");
      brace.skip = edits.length - begin - 1;
    }
    if (/[\s;}]/.test(script[at] ?? '')) {
      at++;
      continue;
    }
    const from = address();
    let to: Address | undefined;
    if (script[at] === ',') {
      at++;
      to = address();
    }
    while (script[at] === ' ') at++;
    const negated = script[at] === '!';
    if (negated) at++;
    const command = script[at++] ?? '';
    if (command === 's') {
      const end = script[at++] ?? '/';
      const pattern = extendedRegExp(delimited(end), kind);
      const text = delimited(end);
      const flags = /^[gpiI0-9]*/.exec(script.slice(at))?.[0] ?? '';
      at += flags.length;
      const mode = `${flags.includes('g') ? 'g' : ''}${/i/i.test(flags) ? 'i' : ''}`;
      edits.push({
        from,
        to,
        negated,
        command,
        pattern: new BoundedRegExp(pattern, mode),
        text,
        print: flags.includes('p'),
        nth: Number(/\d+/.exec(flags)?.[0] ?? 1),
        active: false,
      });
    } else if ('aic'.includes(command) && command !== '') {
      const text = /^\\?\s*([^\n]*)/.exec(script.slice(at));
      at += text?.[0].length ?? 0;
      edits.push({ from, to, negated, command, text: text?.[1] ?? '', print: false, active: false });
    } else if (command === 'y') {
      const end = script[at++] ?? '/';
      const text = delimited(end);
      edits.push({ from, to, negated, command, text, other: delimited(end), print: false, active: false });
    } else if (command === '{') {
      open.push(edits.length);
      edits.push({ from, to, negated, command, text: '', print: false, active: false });
    } else if ('dpq='.includes(command) && command !== '') {
      edits.push({ from, to, negated, command, text: '', print: false, active: false });
    } else throw new Error(`unknown command: \`${command}'`);
  }
  if (open.length > 0) throw new Error("unmatched `{'");
  return edits;
}
