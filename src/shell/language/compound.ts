import { readCondition } from './condition';
import type { Scanner } from './scanner';
import { type Compound, type Node, type Redirect, SyntaxProblem, type Word } from './syntax';
import { arithmeticEnd } from './words';

/** What the parser lends to those who read commands made of commands. */
export interface ListParser {
  readonly scanner: Scanner;
  list(end?: string): Node;
  /** Steps over a reserved word where a command could begin. */
  keyword(word: string): boolean;
  expectKeyword(word: string): void;
  newlines(): void;
  word(ends?: string): Word | undefined;
  /** A text as the inside of double quotes. */
  quoted(text: string): Word;
  redirects(): Redirect[];
  unexpected(): SyntaxProblem;
}

/** `( … )`, `{ … }`, `for`, `while`, `until`, `if`, `case`, `[[ … ]]`, `(( … ))`; undefined when none begins here. */
export function readCompound(parser: ListParser): Compound | undefined {
  const { scanner } = parser;
  if (scanner.startsWith('((')) {
    const expression = parenthesized(parser);
    if (expression !== undefined) {
      return { kind: 'arithmetic', expression: parser.quoted(expression), redirects: parser.redirects() };
    }
  }
  if (scanner.accept('(')) {
    const body = parser.list(')');
    if (!scanner.accept(')')) throw parser.unexpected();
    return { kind: 'group', subshell: true, body: notEmpty(body, ')'), redirects: parser.redirects() };
  }
  if (parser.keyword('{')) {
    const body = parser.list();
    parser.expectKeyword('}');
    return { kind: 'group', subshell: false, body: notEmpty(body, '}'), redirects: parser.redirects() };
  }
  if (parser.keyword('[[')) {
    const condition = readCondition(scanner, (regular) => parser.word(regular ? ' \t\n' : undefined));
    return { kind: 'condition', condition, redirects: parser.redirects() };
  }
  if (parser.keyword('for')) return forLoop(parser);
  if (parser.keyword('while')) return whileLoop(parser, false);
  if (parser.keyword('until')) return whileLoop(parser, true);
  if (parser.keyword('if')) return conditional(parser);
  return parser.keyword('case') ? choice(parser) : undefined;
}

function forLoop(parser: ListParser): Compound {
  const { scanner } = parser;
  scanner.blanks();
  const counting = scanner.startsWith('((') ? parenthesized(parser) : undefined;
  if (counting !== undefined) {
    const [start = '', condition = '', step = ''] = counting.split(';');
    const parts = { start: parser.quoted(start), condition: parser.quoted(condition), step: parser.quoted(step) };
    return { kind: 'count', ...parts, body: loopBody(parser), redirects: parser.redirects() };
  }
  const name = scanner.match(/[A-Za-z_][A-Za-z0-9_]*/);
  if (!name) throw parser.unexpected();
  parser.newlines();
  const words: Word[] = [];
  if (parser.keyword('in')) {
    for (let word = parser.word(); word; word = parser.word()) words.push(word);
  } else words.push([{ kind: 'variable', name: '@', quoted: true }]);
  return { kind: 'for', name, words, body: loopBody(parser), redirects: parser.redirects() };
}

function loopBody(parser: ListParser): Node {
  parser.scanner.blanks();
  parser.scanner.accept(';');
  parser.newlines();
  parser.expectKeyword('do');
  const body = parser.list();
  parser.expectKeyword('done');
  return notEmpty(body, 'done');
}

function whileLoop(parser: ListParser, until: boolean): Compound {
  const condition = parser.list();
  parser.expectKeyword('do');
  const body = parser.list();
  parser.expectKeyword('done');
  const parts = { condition: notEmpty(condition, 'do'), body: notEmpty(body, 'done') };
  return { kind: 'while', until, ...parts, redirects: parser.redirects() };
}

function conditional(parser: ListParser): Compound {
  const branches: { condition: Node; body: Node }[] = [];
  let otherwise: Node | undefined;
  do {
    const condition = notEmpty(parser.list(), 'then');
    parser.expectKeyword('then');
    branches.push({ condition, body: notEmpty(parser.list(), 'fi') });
  } while (parser.keyword('elif'));
  if (parser.keyword('else')) otherwise = notEmpty(parser.list(), 'fi');
  parser.expectKeyword('fi');
  return { kind: 'if', branches, otherwise, redirects: parser.redirects() };
}

/** `case WORD in PATTERN|PATTERN) … ;; … esac` */
function choice(parser: ListParser): Compound {
  const { scanner } = parser;
  const subject = parser.word();
  if (!subject) throw parser.unexpected();
  parser.newlines();
  parser.expectKeyword('in');
  const clauses: { patterns: Word[]; body: Node }[] = [];
  for (;;) {
    parser.newlines();
    if (parser.keyword('esac')) return { kind: 'case', subject, clauses, redirects: parser.redirects() };
    scanner.accept('(');
    const patterns: Word[] = [];
    do {
      const pattern = parser.word();
      if (!pattern) throw parser.unexpected();
      patterns.push(pattern);
      scanner.blanks();
    } while (scanner.accept('|'));
    if (!scanner.accept(')')) throw parser.unexpected();
    clauses.push({ patterns, body: parser.list() });
    parser.newlines();
    if (!scanner.accept(';;')) {
      if (parser.keyword('esac')) return { kind: 'case', subject, clauses, redirects: parser.redirects() };
      throw parser.unexpected();
    }
  }
}

/** What stands between `((` and `))`, which are stepped over; undefined when they do not close that way. */
function parenthesized({ scanner }: ListParser): string | undefined {
  const end = arithmeticEnd(scanner, 2);
  if (end === undefined) return undefined;
  const inside = scanner.text.slice(scanner.position + 2, end);
  scanner.position = end + 2;
  return inside;
}

/** Refuses a list without commands where one is needed; `before` is the word that came too early. */
function notEmpty(node: Node, before: string): Node {
  if (node.kind === 'list' && node.items.length === 0) {
    throw new SyntaxProblem(`syntax error near unexpected token \`${before}'`);
  }
  return node;
}
