import { type ShellCommand, type ShellContext, plain } from '../command';
import { JqStopped, Machine } from './evaluate';
import { printed } from './formats';
import { parseFilter } from './parser';
import { type Filter, JqFailure, JqSyntax, type Json } from './syntax';
import { readSources } from '../commands/input-files';

interface Settings {
  raw: boolean;
  joined: boolean;
  compact: boolean;
  nothing: boolean;
  slurp: boolean;
  lines: boolean;
  sort: boolean;
  status: boolean;
  indent: number | '\t';
  readonly variables: Map<string, Json>;
  readonly operands: string[];
}

/** jq 1.6: what is not of every day (modules, streams, SQL, dates beside ISO 8601) is not defined. */
export const jqCommand: ShellCommand = plain((args, context) => {
  const settings = readSettings(args, context);
  if (typeof settings === 'number') return settings;
  const [text, ...files] = settings.operands;
  if (text === undefined) {
    context.stderr('jq - commandline JSON processor [version 1.6]\n\nUsage:\tjq [options] <jq filter> [file...]\n');
    return 2;
  }
  try {
    return run(text, parseFilter(text), files, settings, context);
  } catch (problem) {
    if (!(problem instanceof JqSyntax)) throw problem;
    context.stderr(notCompiled(problem.message, text, problem.at));
    return 3;
  }
});

/** src/locfile.c `locfile_locate`: the text, and as many blanks behind it as stand before what is wrong. */
function notCompiled(problem: string, text: string, at: number): string {
  return `jq: error: ${problem} at <top-level>, line 1:\n${text}${' '.repeat(Math.max(0, at))}\njq: 1 compile error\n`;
}

function run(
  text: string,
  filter: Filter,
  files: readonly string[],
  settings: Settings,
  context: ShellContext,
): number {
  const missing = files.filter((name) => context.files.read(name) === undefined);
  for (const name of missing) context.stderr(`jq: error: Could not open file ${name}: No such file or directory\n`);
  const there = files.filter((name) => !missing.includes(name));
  const unread = missing.length > 0 && there.length === 0;
  const { sources } = unread ? { sources: [] } : readSources('jq', there, context);
  const whole = sources.map((source) => source.text).join('');
  const inputs = settings.lines ? lineValues(whole, settings.slurp) : jsonValues(whole, settings.slurp);
  const clock = context.cluster.clock;
  let broken: string | undefined;
  const next = (): Json | undefined => {
    const turn = inputs.next();
    if (turn.done) broken = turn.value;
    return turn.done ? undefined : turn.value;
  };
  const machine = new Machine(clock.epoch + clock.now, Object.fromEntries(context.environment), next);
  let code = missing.length > 0 ? 2 : 0;
  let last: Json | undefined;
  for (
    let value = settings.nothing ? null : next();
    value !== undefined;
    value = settings.nothing ? undefined : next()
  ) {
    try {
      for (const one of machine.run(filter, value, settings.variables)) {
        last = one;
        context.stdout(shown(one, settings));
      }
    } catch (problem) {
      if (problem instanceof JqStopped) {
        context.stderr(`jq: ${problem.message}\n`);
        return 5;
      }
      if (!(problem instanceof JqFailure)) throw problem;
      const { message } = problem;
      const name = /^(\S+) is not defined$/.exec(message)?.[1];
      if (name !== undefined) {
        const at = text.indexOf(name.replace(/\/\d+$/, ''));
        context.stderr(notCompiled(message, text, name.startsWith('$') ? 0 : at));
        return 3;
      }
      const place = settings.nothing ? '<unknown>' : `${there.at(-1) ?? '<stdin>'}:${whole.split('\n').length - 1}`;
      context.stderr(`jq: error (at ${place}): ${message}\n`);
      code = 5;
    }
  }
  if (broken !== undefined) {
    context.stderr(`parse error: ${broken}\n`);
    return 4;
  }
  if (settings.status && code === 0) return last === undefined ? 4 : last === null || last === false ? 1 : 0;
  return code;
}

function shown(value: Json, { raw, joined, compact, indent, sort }: Settings): string {
  const text =
    (raw || joined) && typeof value === 'string' ? value : printed(value, { indent: compact ? 0 : indent, sort });
  return joined ? text : `${text}\n`;
}

function readSettings(args: readonly string[], { stderr, stdout }: ShellContext): Settings | number {
  const settings: Settings = {
    raw: false,
    joined: false,
    compact: false,
    nothing: false,
    slurp: false,
    lines: false,
    sort: false,
    status: false,
    indent: 2,
    variables: new Map([['ARGS', null]]),
    operands: [],
  };
  const flags: Readonly<Record<string, () => void>> = {
    r: () => (settings.raw = true),
    j: () => (settings.joined = true),
    c: () => (settings.compact = true),
    n: () => (settings.nothing = true),
    s: () => (settings.slurp = true),
    R: () => (settings.lines = true),
    S: () => (settings.sort = true),
    e: () => (settings.status = true),
    a: () => undefined,
    M: () => undefined,
    C: () => undefined,
  };
  const long: Readonly<Record<string, string>> = {
    '--raw-output': 'r',
    '--join-output': 'j',
    '--compact-output': 'c',
    '--null-input': 'n',
    '--slurp': 's',
    '--raw-input': 'R',
    '--sort-keys': 'S',
    '--exit-status': 'e',
    '--ascii-output': 'a',
    '--monochrome-output': 'M',
    '--color-output': 'C',
  };
  for (let i = 0; i < args.length; i++) {
    const word = args[i] ?? '';
    if (word === '--version' || word === '-V') {
      stdout('jq-1.6\n');
      return 0;
    }
    if (word === '--arg' || word === '--argjson') {
      const [name = '', value = ''] = [args[i + 1], args[i + 2]];
      i += 2;
      try {
        settings.variables.set(name, word === '--arg' ? value : (JSON.parse(value) as Json)); // what JSON.parse makes is JSON
      } catch {
        stderr(
          `jq: Invalid JSON text passed to --argjson\nUse jq --help for help with command-line options,\nor see the jq manpage, or online docs  at https://stedolan.github.io/jq\n`,
        );
        return 2;
      }
    } else if (word === '--tab') settings.indent = '\t';
    else if (word === '--indent') settings.indent = Math.min(7, Number(args[++i]) || 0);
    else if (!word.startsWith('-') || word === '-' || word === '') settings.operands.push(word);
    else if (word !== '--') {
      const letters = word.startsWith('--') ? [long[word] ?? word] : [...word.slice(1)];
      for (const letter of letters) {
        const flag = flags[letter];
        if (!flag) {
          stderr(
            `jq: Unknown arguments\nUse jq --help for help with command-line options,\nor see the jq manpage, or online docs  at https://stedolan.github.io/jq\n`,
          );
          return 2;
        }
        flag();
      }
    }
  }
  return settings;
}

function* lineValues(text: string, slurp: boolean): Generator<Json, undefined> {
  if (slurp) yield text;
  else for (const line of text.split(/\n(?!$)|\n$/)) if (line !== '' || text.includes('\n\n')) yield line;
  return undefined;
}

/** The values of a text, one after another; at its end what is wrong with it, if something is. */
function* jsonValues(text: string, slurp: boolean): Generator<Json, string | undefined> {
  const list: Json[] = [];
  let at = 0;
  for (;;) {
    while (/\s/.test(text.charAt(at))) at++;
    if (at >= text.length) break;
    const end = valueEnd(text, at);
    try {
      const value = JSON.parse(text.slice(at, end)) as Json; // what JSON.parse makes is JSON
      if (slurp) list.push(value);
      else yield value;
    } catch {
      // What ends a word belongs to it here.
      const lines = text.slice(0, end + 1).split('\n');
      const place = `line ${lines.length}, column ${lines.at(-1)?.length ?? 0}`;
      const open = /^[[{"]/.test(text.charAt(at));
      const what = !open
        ? 'Invalid numeric literal'
        : end >= text.length
          ? 'Unfinished JSON term at EOF'
          : 'Invalid literal';
      return `${what} at ${place}`;
    }
    at = end;
  }
  if (slurp) yield list;
  return undefined;
}

/** Where the value that begins at `start` ends. */
function valueEnd(text: string, start: number): number {
  let depth = 0;
  for (let i = start; i < text.length; i++) {
    const character = text.charAt(i);
    if (character === '"') {
      for (i++; i < text.length && text.charAt(i) !== '"'; i++) if (text.charAt(i) === '\\') i++;
      if (depth === 0) return i + 1;
    } else if (character === '{' || character === '[') depth++;
    else if (character === '}' || character === ']') {
      if (--depth <= 0) return i + 1;
    } else if (depth === 0 && /[\s,:]/.test(character)) return i;
  }
  return text.length;
}
