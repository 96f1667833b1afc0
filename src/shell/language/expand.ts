import type { Task } from '@/kubernetes/clock/task';
import type { Session } from '../session';
import { arithmetic } from './arithmetic';
import { globFiles, hasWildcard, patternToRegExp } from './glob';
import type { Node, Part, Word } from './syntax';

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
  for (const word of words) {
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
    const value = yield* partText(part, session, substitute);
    if (part.quoted) append(value, value.replace(/[*?[\\]/g, '\\$&'));
    else if (part.kind === 'text') {
      const text = index === 0 ? tilde(value, session) : value;
      append(text, text);
    } else {
      const pieces = value.split(/[ \t\n]+/);
      for (const [place, piece] of pieces.entries()) {
        if (place > 0) cut();
        if (piece !== '') append(piece, piece);
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
    case 'command':
      return (yield* substitute(part.body)).replace(/\n+$/, '');
    case 'arithmetic': {
      const text = yield* expandText(part.body, session, substitute);
      return String(arithmetic(text, (name) => session.variables.get(name)));
    }
    case 'variable': {
      const value = variable(part.name, session);
      if (part.operator === undefined) return value ?? '';
      if (part.operator === 'length') return String((value ?? '').length);
      const operand = yield* expandText(part.operand ?? [], session, substitute);
      return operated(part.name, part.operator, operand, value, session);
    }
  }
}

function operated(
  name: string,
  operator: string,
  operand: string,
  value: string | undefined,
  session: Session,
): string {
  const set = operator.startsWith(':') ? value !== undefined && value !== '' : value !== undefined;
  switch (operator) {
    case ':-':
    case '-':
      return set ? (value ?? '') : operand;
    case ':=':
    case '=':
      if (!set) session.variables.set(name, operand);
      return set ? (value ?? '') : operand;
    case ':+':
    case '+':
      return set ? operand : '';
    case ':?':
    case '?':
      if (!set) throw new RangeError(`${name}: ${operand || 'parameter null or not set'}`);
      return value ?? '';
    case '#':
    case '##':
      return (value ?? '').replace(patternToRegExp(operand, 'start', operator === '##'), '');
    default:
      return cutEnd(value ?? '', operand, operator === '%%');
  }
}

/** Cuts the shortest (or longest) end that fits the pattern. */
function cutEnd(value: string, pattern: string, long: boolean): string {
  const whole = patternToRegExp(pattern);
  const starts = Array.from({ length: value.length + 1 }, (_, i) => (long ? i : value.length - i));
  const start = starts.find((index) => whole.test(value.slice(index)));
  return start === undefined ? value : value.slice(0, start);
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
      return '0';
    case '0':
      return 'bash';
    case 'PWD':
      return session.cwd;
    default:
      return session.variables.get(name);
  }
}

function tilde(text: string, session: Session): string {
  return text === '~' || text.startsWith('~/') ? `${session.variables.get('HOME') ?? '/root'}${text.slice(1)}` : text;
}
