import type { Task } from '@/kubernetes/clock/task';
import type { Session } from '../session';
import { type ArithmeticNames, arithmetic } from './arithmetic';
import { elementName, elementsOf, keysOf, nextKey } from './arrays';
import { expandBraces } from './braces';
import { blanks, splitFields } from './fields';
import { globFiles, hasWildcard, patternToRegExp } from './glob';
import type { Node, Part, Word } from './syntax';
import { BoundedRegExp } from './bounded-regexp';

/** Runs a list and returns what it printed: `$( … )`. */
export type Substitute = (body: Node) => Task<string>;

/** No word may grow longer than this: a loop that doubles a variable would eat all memory. */
const longest = 1_000_000;

/** A field in the making: its text, and the same text with quoted wildcards escaped. */
interface Field {
  text: string;
  pattern: string;
}

/** The fields of a command's words, after all expansions. */
export function* expandWords(words: readonly Word[], session: Session, substitute: Substitute): Task<string[]> {
  const result: string[] = [];
  // Only bash has braces; the sh of containers (dash, busybox) has none.
  for (const word of session.shell === 'bash' ? words.flatMap(expandBraces) : words) {
    for (const field of yield* fieldsOf(word, session, substitute)) {
      const files = hasWildcard(field.pattern) ? globFiles(field.pattern, session.files) : [];
      if (files.length > 0) result.push(...files);
      else result.push(field.text);
    }
  }
  return result;
}

/** A word as one text: assignments, targets of redirects, here-documents are neither split nor matched with files. */
export function* expandText(word: Word, session: Session, substitute: Substitute): Task<string> {
  let text = '';
  for (const [index, part] of word.entries()) {
    const value = yield* partText(part, session, substitute);
    text += index === 0 && part.kind === 'text' && !part.quoted ? tilde(value, session) : value;
    if (text.length > longest) throw new RangeError('argument list too long');
  }
  return text;
}

/** A word as a pattern: what was quoted in it stands for itself. */
export function* expandPattern(word: Word, session: Session, substitute: Substitute): Task<string> {
  let pattern = '';
  for (const part of word) {
    const value = yield* partText(part, session, substitute);
    pattern += part.quoted ? value.replace(/[*?[\\]/g, '\\$&') : value;
  }
  return pattern;
}

/** The variables as arithmetic reads and sets them. */
export function namesOf(session: Session): ArithmeticNames {
  const place = (name: string) => {
    const [, array, index] = /^(\w+)\[(.*)\]$/s.exec(name) ?? [];
    if (array === undefined || index === undefined) return name;
    const key = session.associative.has(array) ? index.replace(/^\$/, '') : arithmetic(index, namesOf(session));
    return elementName(array, String(key));
  };
  return {
    get: (name) => variable(place(name), session),
    set: (name, value) => session.variables.set(place(name), value),
  };
}

function* fieldsOf(word: Word, session: Session, substitute: Substitute): Task<Field[]> {
  const fields: Field[] = [];
  let current: Field | undefined;
  const append = (text: string, pattern: string) => {
    current ??= { text: '', pattern: '' };
    current.text += text;
    current.pattern += pattern;
    if (current.text.length > longest) throw new RangeError('argument list too long');
  };
  const cut = () => {
    if (current) fields.push(current);
    current = undefined;
  };
  for (const [index, part] of word.entries()) {
    const list = part.quoted ? yield* listOf(part, session, substitute) : undefined;
    if (list && part.kind === 'variable' && part.operator !== 'length') {
      for (const [place, parameter] of list.entries()) {
        if (place > 0) cut();
        append(parameter, parameter.replace(/[*?[\\]/g, '\\$&'));
      }
      continue;
    }
    const value = yield* partText(part, session, substitute);
    if (part.quoted) append(value, value.replace(/[*?[\\]/g, '\\$&'));
    else if (part.kind === 'text') {
      const text = index === 0 ? tilde(value, session) : value;
      append(text, text);
    } else {
      for (const [place, piece] of splitFields(value, session.variables.get('IFS') ?? blanks).entries()) {
        if (place > 0) cut();
        if (piece !== undefined) append(piece, piece);
      }
    }
  }
  cut();
  return fields;
}

function* partText(part: Part, session: Session, substitute: Substitute): Task<string> {
  switch (part.kind) {
    case 'text':
      return part.text;
    case 'process':
      return processFile(yield* substitute(part.body), session);
    case 'command':
      return (yield* substitute(part.body)).replace(/\n+$/, '');
    case 'arithmetic': {
      const text = yield* expandText(part.body, session, substitute);
      return String(BigInt(arithmetic(text, namesOf(session))));
    }
    case 'variable': {
      const { operator, operand = [] } = part;
      const list = yield* listOf(part, session, substitute);
      if (list && (operator === undefined || /^(?::|indirect|[/%#^,].*)$/.test(operator))) return list.join(' ');
      if (list && operator === 'length') return String(list.length);
      const whole = typeof part.index === 'string';
      const key = part.index && !whole ? yield* keyOf(part.name, part.index, session, substitute) : undefined;
      const name = key === undefined ? part.name : elementName(part.name, key);
      const value = whole ? elementsOf(name, session).join(' ') || undefined : variable(name, session);
      if (operator === undefined) {
        if (value === undefined && session.switches.has('nounset') && !/^[@*]$/.test(name))
          throw new UnsetParameter(`${key === undefined ? name : `${part.name}[${key}]`}: unbound variable`);
        return value ?? '';
      }
      if (operator === 'length') return String((value ?? '').length);
      if (operator === 'indirect') return (value && variable(value, session)) || '';
      if (/[-=+?]$/.test(operator)) {
        const use = (operator.startsWith(':') ? Boolean(value) : value !== undefined) !== operator.endsWith('+');
        if (use) return operator.endsWith('+') ? '' : (value ?? '');
        const text = yield* expandText(operand, session, substitute);
        if (operator.endsWith('?')) throw new UnsetParameter(`${name}: ${text || 'parameter null or not set'}`);
        if (operator.endsWith('=')) session.variables.set(name, text);
        return text;
      }
      if (operator === ':') return slice(value ?? '', yield* expandText(operand, session, substitute), session);
      const pattern = yield* expandPattern(operand, session, substitute);
      const replacement = yield* expandText(part.replacement ?? [], session, substitute);
      return operated(operator, pattern, replacement, value ?? '');
    }
  }
}

/** What `"$@"`, `"${a[@]}"`, `"${!a[@]}"` and `"${a[@]:1}"` stand for, one word each; undefined for all else. */
function* listOf(part: Part, session: Session, substitute: Substitute): Task<readonly string[] | undefined> {
  if (part.kind !== 'variable') return undefined;
  const { name, index, operator, operand = [], replacement = [] } = part;
  const whole = index === undefined ? (name === '@' || (name === '*' && operator !== undefined) ? name : '') : index;
  if (whole !== '@' && whole !== '*') return undefined;
  if (operator === 'indirect') return keysOf(name, session);
  const all = index === undefined ? session.parameters : elementsOf(name, session);
  const joined = (list: readonly string[]) =>
    whole === '*' && part.quoted && operator !== 'length'
      ? [list.join(session.variables.get('IFS')?.charAt(0) ?? ' ')]
      : list;
  if (operator === undefined || operator === 'length') return joined(all);
  if (/[-=+?]$/.test(operator)) return all.length > 0 && !operator.endsWith('+') ? joined(all) : undefined;
  if (operator === ':') {
    const [from = '', length] = (yield* expandText(operand, session, substitute)).split(':');
    const numbered = index === undefined ? [session.name, ...all] : all;
    const offset = arithmetic(from, namesOf(session));
    const start = offset < 0 ? numbered.length + offset : offset;
    const end = length === undefined ? undefined : start + arithmetic(length, namesOf(session));
    return joined(start < 0 ? [] : numbered.slice(start, end));
  }
  const pattern = yield* expandPattern(operand, session, substitute);
  const by = yield* expandText(replacement, session, substitute);
  return joined(all.map((value) => operated(operator, pattern, by, value)));
}

/** The key that an index names: itself where the array is associative, else what it comes to; from the end, below 0. */
export function* keyOf(name: string, index: Word | '@' | '*', session: Session, substitute: Substitute): Task<string> {
  const text = typeof index === 'string' ? index : yield* expandText(index, session, substitute);
  if (session.associative.has(name)) return text;
  const value = arithmetic(text, namesOf(session));
  return String(value < 0 ? nextKey(name, session) + value : value);
}

/** `<(list)`: what the list printed, under the name of a descriptor. */
function processFile(text: string, session: Session): string {
  let number = 63;
  while (session.files.read(`/dev/fd/${number}`) !== undefined) number--;
  session.files.write(`/dev/fd/${number}`, text);
  session.descriptors.push(`/dev/fd/${number}`);
  return `/dev/fd/${number}`;
}

/** `${name:?}`: the shell goes no further. */
export class UnsetParameter extends RangeError {}

function operated(operator: string, pattern: string, replacement: string, value: string): string {
  switch (operator) {
    case '#':
    case '##':
      return value.replace(patternToRegExp(pattern, 'start', operator === '##'), '');
    case '%':
    case '%%':
      return cutEnd(value, pattern, operator === '%%');
    case '^':
    case ',':
    case '^^':
    case ',,': {
      const end = operator.length === 1 ? 1 : value.length;
      const part = value.slice(0, end);
      return (operator.startsWith('^') ? part.toUpperCase() : part.toLowerCase()) + value.slice(end);
    }
    default: {
      if (pattern === '') return value;
      const side = operator === '/%' ? 'end' : 'start';
      const { source } = patternToRegExp(pattern, side);
      const bare = operator === '/' || operator === '//' ? source.slice(1) : source;
      let room = longest;
      return value.replace(new BoundedRegExp(bare, operator === '//' ? 'g' : ''), () => {
        room -= replacement.length;
        if (room < 0) throw new RangeError('argument list too long');
        return replacement;
      });
    }
  }
}

/** `${name:offset:length}`; both are arithmetic, and count from the end where they are negative. */
function slice(value: string, range: string, session: Session): string {
  const [from = '', length] = range.split(':');
  const names = namesOf(session);
  const offset = arithmetic(from, names);
  const start = offset < 0 ? value.length + offset : offset;
  if (start < 0) return '';
  const count = length === undefined ? Infinity : arithmetic(length, names);
  return value.slice(start, count < 0 ? count : start + count);
}

/** Cuts the shortest (or longest) end that fits the pattern. */
function cutEnd(value: string, pattern: string, long: boolean): string {
  const { source } = patternToRegExp(pattern, 'end');
  return new BoundedRegExp(`^([^]*${long ? '?' : ''})(?:${source.slice(0, -1)})$`).exec(value)?.[1] ?? value;
}

function variable(name: string, session: Session): string | undefined {
  switch (name) {
    case '?':
      return String(session.lastExitCode);
    case '!':
      return session.lastBackgroundPid === undefined ? '' : String(session.lastBackgroundPid);
    case '$':
      return '1';
    case '#':
      return String(session.parameters.length);
    case '@':
    case '*':
      return session.parameters.length === 0 ? undefined : session.parameters.join(' ');
    case '0':
      return session.name;
    case 'RANDOM':
      return String(session.drawn());
    case 'PWD':
      return session.cwd;
    default:
      return /^\d/.test(name) ? session.parameters[Number(name) - 1] : session.variables.get(name);
  }
}

function tilde(text: string, session: Session): string {
  return text === '~' || text.startsWith('~/') ? `${session.variables.get('HOME') ?? '/root'}${text.slice(1)}` : text;
}
