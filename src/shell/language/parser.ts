import { type ListParser, readCompound } from './compound';
import { Scanner } from './scanner';
import { type Assignment, type Node, type Redirect, type Simple, SyntaxProblem, type Word } from './syntax';
import { quotedText, readQuoted, readWord } from './words';

/** A here-document that was announced and whose text begins after the next newline. */
interface Announced {
  readonly redirect: Redirect;
  readonly delimiter: string;
  readonly literal: boolean;
  readonly stripTabs: boolean;
}

const reserved = new Set(['do', 'done', 'then', 'fi', 'elif', 'else', '}', ')', 'esac', ';;']);

/** Parses one or more lines. Throws SyntaxProblem. */
export function parse(text: string): Node {
  const parser = new Parser(new Scanner(text));
  const node = parser.list();
  parser.expectEnd();
  return node;
}

class Parser implements ListParser {
  private announced: Announced[] = [];

  constructor(readonly scanner: Scanner) {}

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
    const compound = readCompound(this);
    if (compound) return compound;
    const name = this.functionName();
    if (name === undefined) return this.simple();
    this.newlines();
    const body = readCompound(this);
    if (!body) throw this.unexpected();
    return { kind: 'function', name, body };
  }

  /** Steps over `name()` or `function name`. */
  private functionName(): string | undefined {
    const rest = this.scanner.text.slice(this.scanner.position, this.scanner.position + 256);
    const found =
      /^function[ \t]+([\w:.+@%,/-]+)(?:[ \t]*\([ \t]*\))?(?=[\s({])/.exec(rest) ??
      /^([\w:.+@%,/-]+)[ \t]*\([ \t]*\)/.exec(rest);
    if (found) this.scanner.position += found[0].length;
    return found?.[1];
  }

  private simple(): Simple {
    const assignments: Assignment[] = [];
    const words: Word[] = [];
    const redirects: Redirect[] = [];
    const declared: Assignment[] = [];
    for (;;) {
      this.scanner.blanks();
      const redirect = this.redirect();
      if (redirect) {
        redirects.push(redirect);
        continue;
      }
      const declaring = words.length > 0 && declares(words[0]);
      const array = words.length === 0 || declaring ? this.array(words.length === 0) : undefined;
      if (array) {
        if (declaring) words.push([{ kind: 'text', text: array.name, quoted: false }]);
        (declaring ? declared : assignments).push(array);
        continue;
      }
      const word = this.word();
      if (!word) break;
      const assignment = words.length === 0 ? assignmentOf(word) : undefined;
      if (assignment) assignments.push(assignment);
      else words.push(word);
    }
    if (assignments.length + words.length + redirects.length === 0) throw this.unexpected();
    return { kind: 'simple', assignments, words, redirects, ...(declared.length > 0 ? { declared } : {}) };
  }

  /** `name=(…)`, `name+=(…)` or, where `element`, `name[index]=value`; undefined when none of them stands here. */
  private array(element: boolean): Assignment | undefined {
    const rest = this.scanner.text.slice(this.scanner.position, this.scanner.position + 4096);
    const found = /^([A-Za-z_]\w*)(?:\[([^\]\n]+)\](\+?)=|(\+?)=\()/.exec(rest);
    const [all = '', name = '', index, one, many] = found ?? [];
    if (!found || (index !== undefined && !element)) return undefined;
    this.scanner.position += all.length;
    if (index !== undefined) {
      const value = readWord(this.scanner, readList) ?? [];
      return { name, append: one === '+', index: this.quoted(index.replace(/^(["'])(.*)\1$/s, '$2')), value };
    }
    const items: { key?: Word; value: Word }[] = [];
    for (this.newlines(); !this.scanner.accept(')'); this.newlines()) {
      const key = /^\[([^\]\n]+)\]=/.exec(this.scanner.text.slice(this.scanner.position, this.scanner.position + 256));
      this.scanner.position += key?.[0].length ?? 0;
      const value = key ? (readWord(this.scanner, readList) ?? []) : this.word();
      if (!value) throw this.unexpected();
      items.push(key?.[1] ? { key: this.quoted(key[1].replace(/^(["'])(.*)\1$/s, '$2')), value } : { value });
    }
    return { name, append: many === '+', value: [], items };
  }

  redirects(): Redirect[] {
    const list: Redirect[] = [];
    for (;;) {
      this.scanner.blanks();
      const redirect = this.redirect();
      if (!redirect) return list;
      list.push(redirect);
    }
  }

  private redirect(): Redirect | undefined {
    const found = /^(\d?)(>>|>&|>\||>(?!\()|<<<|<<-|<<|<(?!\()|&>)/.exec(
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

  word(ends?: string): Word | undefined {
    this.scanner.blanks();
    if (this.scanner.startsWith('>('))
      throw new SyntaxProblem('>( … ) is not simulated: write into a file and read that');
    if (this.scanner.accept('<(')) return [{ kind: 'process', body: readList(this.scanner, ')'), quoted: true }];
    return readWord(this.scanner, readList, ends);
  }

  quoted(text: string): Word {
    return quotedText(text, this.scanner, readList);
  }

  keyword(word: string): boolean {
    this.scanner.blanks();
    const after = this.scanner.peek(word.length);
    if (!this.scanner.startsWith(word) || (after !== '' && !' \t\n;&|<>()'.includes(after))) return false;
    this.scanner.position += word.length;
    return true;
  }

  expectKeyword(word: string): void {
    this.newlines();
    if (!this.keyword(word)) throw this.unexpected();
  }

  /** Steps over blanks and newlines; here-documents announced on the line are read at its newline. */
  newlines(): void {
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
    const rest = this.scanner.text.slice(this.scanner.position, this.scanner.position + 8);
    return reserved.has(/^(?:;;|[^\s;&|<>()]+)/.exec(rest)?.[0] ?? '');
  }

  unexpected(): SyntaxProblem {
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

function declares(word: Word | undefined): boolean {
  const first = word?.length === 1 ? word[0] : undefined;
  return first?.kind === 'text' && /^(?:declare|typeset|local|readonly|export)$/.test(first.text);
}

function assignmentOf(word: Word): Assignment | undefined {
  const [first, ...rest] = word;
  if (first?.kind !== 'text' || first.quoted) return undefined;
  const found = /^([A-Za-z_][A-Za-z0-9_]*)(\+?)=(.*)$/s.exec(first.text);
  if (!found?.[1]) return undefined;
  return {
    name: found[1],
    append: found[2] !== '',
    value: [{ kind: 'text', text: found[3] ?? '', quoted: false }, ...rest],
  };
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
