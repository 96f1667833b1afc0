import { unescape } from './escapes';
import type { Scanner } from './scanner';
import { type Node, type Part, SyntaxProblem, type Word } from './syntax';

/** Reads a `list` up to `end` (`)` or a back-quote); given by the parser, which knows lists. */
export type ListReader = (scanner: Scanner, end: string) => Node;

const metacharacters = ' \t\n;&|<>()';

/** Reads one word, up to one of the characters in `ends`; undefined when none begins here. */
export function readWord(scanner: Scanner, lists: ListReader, ends = metacharacters): Word | undefined {
  const parts: Part[] = [];
  const begin = scanner.position;
  let bare = '';
  const flush = () => {
    if (bare) parts.push({ kind: 'text', text: bare, quoted: false });
    bare = '';
  };
  while (!scanner.done && !ends.includes(scanner.peek())) {
    const character = scanner.peek();
    if (character === "'") {
      flush();
      scanner.next();
      parts.push({ kind: 'text', text: scanner.until("'"), quoted: true });
    } else if (character === '"') {
      flush();
      scanner.next();
      parts.push(...readQuoted(scanner, '"', lists));
    } else if (character === '\\') {
      scanner.next();
      if (scanner.peek() === '\n') scanner.next();
      else {
        flush();
        parts.push({ kind: 'text', text: scanner.next(), quoted: true });
      }
    } else if (scanner.accept("$'")) {
      flush();
      const text = scanner.match(/(?:\\[^]|[^\\'])*/);
      if (!scanner.accept("'")) throw new SyntaxProblem("unexpected EOF while looking for matching `''", true);
      parts.push({ kind: 'text', text: unescape(text.replaceAll("\\'", "'")), quoted: true });
    } else if (character === '$' || character === '`') {
      const part = readExpansion(scanner, false, lists);
      if (part) {
        flush();
        parts.push(part);
      } else bare += scanner.next();
    } else bare += scanner.next();
  }
  flush();
  return scanner.position === begin ? undefined : parts;
}

/** Reads what stands between double quotes (or, with `end` empty, a here-document) and steps over the end. */
export function readQuoted(scanner: Scanner, end: string, lists: ListReader): Part[] {
  const parts: Part[] = [];
  let text = '';
  const flush = () => {
    if (text) parts.push({ kind: 'text', text, quoted: true });
    text = '';
  };
  for (;;) {
    if (scanner.done) {
      if (end === '') break;
      throw new SyntaxProblem(`unexpected EOF while looking for matching \`${end}'`, true);
    }
    const character = scanner.peek();
    if (end !== '' && character === end) {
      scanner.next();
      break;
    }
    if (character === '\\' && '$`\\\n'.concat(end).includes(scanner.peek(1)) && scanner.peek(1) !== '') {
      scanner.next();
      const escaped = scanner.next();
      if (escaped !== '\n') text += escaped;
    } else if (character === '$' || character === '`') {
      const part = readExpansion(scanner, true, lists);
      if (part) {
        flush();
        parts.push(part);
      } else text += scanner.next();
    } else text += scanner.next();
  }
  flush();
  // An empty pair of quotes is a word too.
  return parts.length === 0 ? [{ kind: 'text', text: '', quoted: true }] : parts;
}

/** Reads an expansion; undefined (nothing consumed) when the `$` stands for itself. */
function readExpansion(scanner: Scanner, quoted: boolean, lists: ListReader): Part | undefined {
  if (scanner.accept('`')) return { kind: 'command', body: lists(scanner, '`'), quoted };
  if (scanner.startsWith('$((')) {
    const end = arithmeticEnd(scanner);
    if (end !== undefined) {
      const inner = scanner.text.slice(scanner.position + 3, end);
      scanner.position = end + 2;
      return { kind: 'arithmetic', body: quotedText(inner, scanner, lists), quoted };
    }
  }
  if (scanner.accept('$(')) return { kind: 'command', body: lists(scanner, ')'), quoted };
  if (scanner.accept('${')) return readBraced(scanner, quoted, lists);
  const name = /^\$([A-Za-z_][A-Za-z0-9_]*|[?!$#@*0-9])/.exec(
    scanner.text.slice(scanner.position, scanner.position + 256),
  );
  if (!name?.[1]) return undefined;
  scanner.position += name[0].length;
  return { kind: 'variable', name: name[1], quoted };
}

function readBraced(scanner: Scanner, quoted: boolean, lists: ListReader): Part {
  if (/^#[A-Za-z_@*0-9]/.test(scanner.peek() + scanner.peek(1))) {
    scanner.next();
    const name = scanner.match(/[A-Za-z_][A-Za-z0-9_]*|[@*]|\d+/);
    const index = readIndex(scanner, lists);
    if (!scanner.accept('}')) throw new SyntaxProblem(`\${#${name}${scanner.until('}')}}: bad substitution`);
    return { kind: 'variable', name, operator: 'length', quoted, ...(index ? { index } : {}) };
  }
  const indirect = /^![A-Za-z_]/.test(scanner.peek() + scanner.peek(1)) && scanner.accept('!');
  const name = scanner.match(/[A-Za-z_][A-Za-z0-9_]*|[?!$#@*]|\d+/);
  const found = name ? readIndex(scanner, lists) : undefined;
  const index = found ? { index: found } : {};
  const operator = scanner.match(/:[-=+?]?|[-=+?]|%%?|##?|\/[/#%]?|\^\^?|,,?/) || (indirect ? 'indirect' : '');
  const begin = scanner.position;
  let depth = 1;
  while (depth > 0) {
    if (scanner.done) throw new SyntaxProblem("unexpected EOF while looking for matching `}'", true);
    const character = scanner.next();
    if (character === '{') depth++;
    else if (character === '}') depth--;
  }
  const operand = scanner.text.slice(begin, scanner.position - 1);
  if (!name || (!operator && operand)) throw new SyntaxProblem(`\${${name}${operand}}: bad substitution`);
  if (!operator) return { kind: 'variable', name, quoted, ...index };
  // Quotes around the whole do not reach into a pattern.
  const read = (text: string): Word =>
    quoted && /[-=+?]$/.test(operator)
      ? quotedText(text.replace(/(?<!\\)"/g, ''), scanner, lists)
      : (readWord(scanner.within(text), lists, '') ?? []);
  if (!operator.startsWith('/')) return { kind: 'variable', name, operator, operand: read(operand), quoted, ...index };
  const slash = /^(?:\\.|[^\\/])*/s.exec(operand)?.[0].length ?? 0;
  const replacement = read(operand.slice(slash + 1));
  return { kind: 'variable', name, operator, operand: read(operand.slice(0, slash)), replacement, quoted, ...index };
}

/** `[@]`, `[*]` or `[index]` after a name. */
function readIndex(scanner: Scanner, lists: ListReader): Word | '@' | '*' | undefined {
  if (!scanner.accept('[')) return undefined;
  const text = scanner.until(']');
  return text === '@' || text === '*' ? text : quotedText(text.replace(/^(["'])(.*)\1$/s, '$2'), scanner, lists);
}

/** Where `))` closes what `$((` (or, two characters long, `((`) opens here; undefined when the parentheses do not close that way. */
export function arithmeticEnd(scanner: Scanner, opening = 3): number | undefined {
  let depth = 0;
  for (let i = scanner.position + opening; i < scanner.text.length; i++) {
    const character = scanner.text[i];
    if (character === '(') depth++;
    else if (character === ')') {
      if (depth === 0) return scanner.text[i + 1] === ')' ? i : undefined;
      depth--;
    }
  }
  return undefined;
}

export function quotedText(text: string, scanner: Scanner, lists: ListReader): Word {
  return readQuoted(scanner.within(text), '', lists);
}
