import { Scanner } from './scanner';
import { type Node, type Redirect, type Simple, SyntaxProblem, type Word } from './syntax';
import { readQuoted, readWord } from './words';

/** A here-document that was announced and whose text begins after the next newline. */
interface Announced {
  readonly redirect: Redirect;
  readonly delimiter: string;
  readonly literal: boolean;
  readonly stripTabs: boolean;
}

const reserved = new Set(['do', 'done', 'then', 'fi', 'elif', 'else', '}', ')', 'in']);

/** Parses one or more lines. Throws SyntaxProblem. */
export function parse(text: string): Node {
  const parser = new Parser(new Scanner(text));
  const node = parser.list();
  parser.expectEnd();
  return node;
}

class Parser {
  private announced: Announced[] = [];

  constructor(private readonly scanner: Scanner) {}

  list(end = ''): Node {
    const items: { node: Node; background: boolean }[] = [];
    for (;;) {
      this.newlines();
      if (this.atEnd(end)) break;
      const node = this.andOr();
      this.scanner.blanks();
      const background = this.scanner.peek() === '&' && this.scanner.peek(1) !== '&' && this.scanner.peek(1) !== '>';
      items.push({ node, background });
      if (background) this.scanner.next();
      else if (this.scanner.startsWith(';;') || !this.scanner.accept(';')) {
        if (this.scanner.peek() !== '\n') break;
      }
    }
    return { kind: 'list', items };
  }

  expectEnd(): void {
    this.newlines();
    if (!this.scanner.done) throw this.unexpected();
    if (this.announced.length > 0) this.hereDocuments();
  }

  private andOr(): Node {
    let left = this.pipeline();
    for (;;) {
      this.scanner.blanks();
      const kind = this.scanner.accept('&&') ? 'and' : this.scanner.accept('||') ? 'or' : undefined;
      if (!kind) return left;
      this.newlines();
      left = { kind, left, right: this.pipeline() };
    }
  }

  private pipeline(): Node {
    this.scanner.blanks();
    if (/^!\s/.test(this.scanner.peek() + this.scanner.peek(1))) {
      this.scanner.next();
      return { kind: 'not', body: this.pipeline() };
    }
    const stages = [this.command()];
    for (;;) {
      this.scanner.blanks();
      if (this.scanner.peek() !== '|' || this.scanner.peek(1) === '|') break;
      this.scanner.next();
      this.newlines();
      stages.push(this.command());
    }
    const [only] = stages;
    return stages.length === 1 && only ? only : { kind: 'pipeline', stages };
  }

  private command(): Node {
    this.scanner.blanks();
    if (this.scanner.accept('(')) {
      const body = this.list(')');
      if (!this.scanner.accept(')')) throw this.unexpected();
      return { kind: 'group', subshell: true, body: notEmpty(body, ')'), redirects: this.redirects() };
    }
    if (this.keyword('{')) {
      const body = this.list();
      this.expectKeyword('}');
      return { kind: 'group', subshell: false, body: notEmpty(body, '}'), redirects: this.redirects() };
    }
    if (this.keyword('for')) return this.forLoop();
    if (this.keyword('while')) return this.whileLoop(false);
    if (this.keyword('until')) return this.whileLoop(true);
    if (this.keyword('if')) return this.conditional();
    return this.simple();
  }

  private forLoop(): Node {
    this.scanner.blanks();
    const name = this.scanner.match(/[A-Za-z_][A-Za-z0-9_]*/);
    if (!name) throw this.unexpected();
    this.newlines();
    const words: Word[] = [];
    if (this.keyword('in')) {
      for (let word = this.word(); word; word = this.word()) words.push(word);
    }
    this.scanner.blanks();
    this.scanner.accept(';');
    this.newlines();
    this.expectKeyword('do');
    const body = this.list();
    this.expectKeyword('done');
    return { kind: 'for', name, words, body: notEmpty(body, 'done'), redirects: this.redirects() };
  }

  private whileLoop(until: boolean): Node {
    const condition = this.list();
    this.expectKeyword('do');
    const body = this.list();
    this.expectKeyword('done');
    const parts = { condition: notEmpty(condition, 'do'), body: notEmpty(body, 'done') };
    return { kind: 'while', until, ...parts, redirects: this.redirects() };
  }

  private conditional(): Node {
    const branches: { condition: Node; body: Node }[] = [];
    let otherwise: Node | undefined;
    do {
      const condition = notEmpty(this.list(), 'then');
      this.expectKeyword('then');
      branches.push({ condition, body: notEmpty(this.list(), 'fi') });
    } while (this.keyword('elif'));
    if (this.keyword('else')) otherwise = notEmpty(this.list(), 'fi');
    this.expectKeyword('fi');
    return { kind: 'if', branches, otherwise, redirects: this.redirects() };
  }

  private simple(): Simple {
    const assignments: { name: string; value: Word }[] = [];
    const words: Word[] = [];
    const redirects: Redirect[] = [];
    for (;;) {
      this.scanner.blanks();
      const redirect = this.redirect();
      if (redirect) {
        redirects.push(redirect);
        continue;
      }
      const word = this.word();
      if (!word) break;
      const assignment = words.length === 0 ? assignmentOf(word) : undefined;
      if (assignment) assignments.push(assignment);
      else words.push(word);
    }
    if (assignments.length + words.length + redirects.length === 0) throw this.unexpected();
    return { kind: 'simple', assignments, words, redirects };
  }

  private redirects(): Redirect[] {
    const list: Redirect[] = [];
    for (;;) {
      this.scanner.blanks();
      const redirect = this.redirect();
      if (!redirect) return list;
      list.push(redirect);
    }
  }

  private redirect(): Redirect | undefined {
    const found = /^(\d?)(>>|>&|>\||>|<<<|<<-|<<|<|&>)/.exec(
      this.scanner.text.slice(this.scanner.position, this.scanner.position + 4),
    );
    const sign = found?.[2];
    if (!found || !sign) return undefined;
    this.scanner.position += found[0].length;
    this.scanner.blanks();
    const target = this.word();
    if (!target) throw this.unexpected();
    const from = found[1] ? Number(found[1]) : sign.startsWith('<') ? 0 : 1;
    if (sign !== '<<' && sign !== '<<-') return { from, operator: operatorOf(sign), target };
    const redirect: Redirect = { from, operator: '<<', target: [] };
    const delimiter = target.map((part) => (part.kind === 'text' ? part.text : '')).join('');
    const literal = target.some((part) => part.kind === 'text' && part.quoted);
    this.announced.push({ redirect, delimiter, literal, stripTabs: sign === '<<-' });
    return redirect;
  }

  private word(): Word | undefined {
    this.scanner.blanks();
    return readWord(this.scanner, readList);
  }

  /** Steps over a reserved word where a command could begin. */
  private keyword(word: string): boolean {
    this.scanner.blanks();
    const after = this.scanner.peek(word.length);
    if (!this.scanner.startsWith(word) || (after !== '' && !' \t\n;&|<>()'.includes(after))) return false;
    this.scanner.position += word.length;
    return true;
  }

  private expectKeyword(word: string): void {
    this.newlines();
    if (!this.keyword(word)) throw this.unexpected();
  }

  /** Steps over blanks and newlines; here-documents announced on the line are read at its newline. */
  private newlines(): void {
    for (;;) {
      this.scanner.blanks();
      if (this.scanner.peek() !== '\n') return;
      this.scanner.next();
      if (this.announced.length > 0) this.hereDocuments();
    }
  }

  private hereDocuments(): void {
    for (const { redirect, delimiter, literal, stripTabs } of this.announced.splice(0)) {
      let text = '';
      for (;;) {
        if (this.scanner.done)
          throw new SyntaxProblem(`here-document delimited by end-of-file (wanted \`${delimiter}')`, true);
        let line = this.scanner.match(/[^\n]*/);
        const last = this.scanner.done;
        this.scanner.next();
        if (stripTabs) line = line.replace(/^\t+/, '');
        if (line === delimiter) break;
        if (last) throw new SyntaxProblem(`here-document delimited by end-of-file (wanted \`${delimiter}')`, true);
        text += `${line}\n`;
      }
      redirect.target = literal ? [{ kind: 'text', text, quoted: true }] : readQuoted(new Scanner(text), '', readList);
    }
  }

  private atEnd(end: string): boolean {
    if (this.scanner.done) return true;
    if (end && this.scanner.startsWith(end)) return true;
    const word = /^[^\s;&|<>()]+/.exec(this.scanner.text.slice(this.scanner.position, this.scanner.position + 8))?.[0];
    return word !== undefined && reserved.has(word) && word !== 'in';
  }

  private unexpected(): SyntaxProblem {
    this.scanner.blanks();
    if (this.scanner.done) return new SyntaxProblem('syntax error: unexpected end of file', true);
    const token = this.scanner.match(/&&|\|\||;;|\n|[;&|<>()]|[^\s;&|<>()]+/);
    return new SyntaxProblem(`syntax error near unexpected token \`${token === '\n' ? 'newline' : token}'`);
  }
}

/** A list inside `$( … )` or back-quotes. */
function readList(scanner: Scanner, end: string): Node {
  if (end === '`') return parse(scanner.until('`'));
  const node = new Parser(scanner).list(end);
  if (!scanner.accept(end))
    throw new SyntaxProblem(`unexpected EOF while looking for matching \`${end}'`, scanner.done);
  return node;
}

function notEmpty(node: Node, before: string): Node {
  if (node.kind === 'list' && node.items.length === 0) {
    throw new SyntaxProblem(`syntax error near unexpected token \`${before}'`);
  }
  return node;
}

function assignmentOf(word: Word): { name: string; value: Word } | undefined {
  const [first, ...rest] = word;
  if (first?.kind !== 'text' || first.quoted) return undefined;
  const found = /^([A-Za-z_][A-Za-z0-9_]*)=(.*)$/s.exec(first.text);
  if (!found?.[1]) return undefined;
  return { name: found[1], value: [{ kind: 'text', text: found[2] ?? '', quoted: false }, ...rest] };
}

function operatorOf(sign: string): Redirect['operator'] {
  switch (sign) {
    case '>>':
    case '<':
    case '<<<':
    case '>&':
    case '&>':
      return sign;
    default:
      return '>';
  }
}
