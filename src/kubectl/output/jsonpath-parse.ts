import { escapes } from '@/kubernetes/strconv/escapes';

/** A piece of a JSONPath template: text outside of braces, or the steps of one pair of braces. */
export type Node =
  { readonly type: 'text'; readonly text: string } | { readonly type: 'list'; readonly steps: readonly Step[] };

export type Step =
  | { readonly type: 'field'; readonly name: string }
  | { readonly type: 'wildcard' }
  | { readonly type: 'recursive' }
  | {
      readonly type: 'array';
      readonly from: number | undefined;
      readonly to: ArrayEnd;
      readonly step: number | undefined;
    }
  | {
      readonly type: 'filter';
      readonly left: readonly Step[];
      readonly operator: string;
      readonly right: readonly Step[];
    }
  | { readonly type: 'union'; readonly paths: readonly (readonly Step[])[] }
  | { readonly type: 'literal'; readonly value: string | number | boolean; readonly float?: boolean }
  | { readonly type: 'identifier'; readonly name: string };

/** Where a slice ends; `next` is what a single index means: one element. */
export type ArrayEnd = number | 'next' | undefined;

/** A template that cannot be read; the message is upstream's. */
export class JsonPathSyntax extends Error {}

/** Upstream: client-go/util/jsonpath/parser.go. Throws JsonPathSyntax. */
export function parseJsonPath(template: string): Node[] {
  const nodes: Node[] = [];
  let at = 0;
  while (at < template.length) {
    const open = template.indexOf('{', at);
    const end = open < 0 ? template.length : open;
    if (end > at) nodes.push({ type: 'text', text: template.slice(at, end) });
    if (open < 0) break;
    const action = new Action(template, open + 1);
    nodes.push({ type: 'list', steps: action.parse() });
    at = action.at;
  }
  return nodes;
}

/** The steps of a path that stands without braces. */
function stepsOf(text: string): readonly Step[] {
  const [first] = parseJsonPath(`{${text}}`);
  return first?.type === 'list' ? first.steps : [];
}

const isTerminator = (c: string) => c === '' || /[\s.,[\]$@{}]/.test(c);
const isWord = (c: string) => /[_\p{L}\p{Nd}]/u.test(c);

/** What stands between braces. Upstream: parser.go `parseInsideAction`. */
class Action {
  private readonly steps: Step[] = [];

  constructor(
    private readonly input: string,
    public at: number,
  ) {}

  /** Ends behind the closing brace. */
  parse(): Step[] {
    for (;;) {
      const c = this.input.charAt(this.at);
      if (c === '}') {
        this.at++;
        return this.steps;
      }
      if (this.input.startsWith('[?(', this.at)) this.filter();
      else if (this.input.startsWith('..', this.at)) this.recursive();
      else if (c === '' || c === '\n' || c === '\r') throw new JsonPathSyntax('unclosed action');
      else if (c === ' ' || c === '@' || c === '$') this.at++;
      else if (c === '[') this.array();
      else if (c === '"' || c === "'") this.quote(c);
      else if (c === '.') {
        this.at++;
        this.field();
      } else if (/[+\-\d]/.test(c)) this.number();
      else if (isWord(c)) this.identifier();
      else throw new JsonPathSyntax(`unrecognized character in action: U+${codePoint(c)} '${c}'`);
    }
  }

  private recursive(): void {
    if (this.steps.at(-1)?.type === 'recursive') throw new JsonPathSyntax('invalid multiple recursive descent');
    this.at += 2;
    this.steps.push({ type: 'recursive' });
    if (isWord(this.input.charAt(this.at))) this.field();
  }

  private field(): void {
    const start = this.at;
    while (!isTerminator(this.input.charAt(this.at))) this.at += this.input.charAt(this.at) === '\\' ? 2 : 1;
    const name = this.input.slice(start, this.at);
    this.steps.push(name === '*' ? { type: 'wildcard' } : { type: 'field', name: name.replaceAll('\\', '') });
  }

  private number(): void {
    const text = /^[+-]?[\d.]*/.exec(this.input.slice(this.at))?.[0] ?? '';
    this.at += text.length;
    if (!/^[+-]?(\d+\.?\d*|\.\d+)$/.test(text)) throw new JsonPathSyntax(`cannot parse number ${text}`);
    this.steps.push({ type: 'literal', value: Number(text), float: text.includes('.') });
  }

  private identifier(): void {
    const start = this.at;
    while (!isTerminator(this.input.charAt(this.at))) this.at++;
    const name = this.input.slice(start, this.at);
    this.steps.push(
      name === 'true' || name === 'false' ? { type: 'literal', value: name === 'true' } : { type: 'identifier', name },
    );
  }

  private quote(mark: string): void {
    const start = this.at++;
    for (; this.input.charAt(this.at) !== mark || this.input.charAt(this.at - 1) === '\\'; this.at++) {
      if (this.at >= this.input.length || this.input.charAt(this.at) === '\n') {
        throw new JsonPathSyntax('unterminated quoted string');
      }
    }
    this.at++;
    this.steps.push({ type: 'literal', value: unquote(this.input.slice(start, this.at)) });
  }

  private array(): void {
    const end = this.input.slice(this.at).search(/[\]\n]/);
    if (end < 0 || this.input.charAt(this.at + end) === '\n') throw new JsonPathSyntax('unterminated array');
    const text = this.input.slice(this.at + 1, this.at + end);
    this.at += end + 1;
    const parts = text.split(',');
    if (parts.length > 1) this.steps.push({ type: 'union', paths: parts.map((part) => stepsOf(`[${part.trim()}]`)) });
    else {
      const key = /^'([^']*)'$/.exec(text);
      if (key) this.steps.push(...stepsOf(`.${key[1] ?? ''}`));
      else this.steps.push(slice(text === '*' ? ':' : text));
    }
  }

  /** `[?(@.a=="b")]`. Upstream: parser.go `parseFilter`. */
  private filter(): void {
    this.at += 3;
    const start = this.at;
    let mark = '';
    let closed = true;
    for (; ; this.at++) {
      const c = this.input.charAt(this.at);
      if (c === '' || c === '\n') throw new JsonPathSyntax('unterminated filter');
      if (c === ')' && closed) break;
      if (c !== '"' && c !== "'") continue;
      if (mark === '') {
        mark = c;
        closed = false;
      } else if (c === mark && this.input.charAt(this.at - 1) !== '\\') closed = true;
    }
    const text = this.input.slice(start, this.at++);
    if (this.input.charAt(this.at++) !== ']') throw new JsonPathSyntax('unclosed array expect ]');
    const match = /^([^!<>=]+)([!<>=]+)(.+?)$/.exec(text);
    if (!match) this.steps.push({ type: 'filter', left: stepsOf(text), operator: 'exists', right: [] });
    else {
      const [, left = '', operator = '', right = ''] = match;
      this.steps.push({ type: 'filter', left: stepsOf(left), operator, right: stepsOf(right) });
    }
  }
}

/** `1`, `-1:`, `0:3:2`. Upstream: parser.go `parseArray`. */
function slice(text: string): Step {
  const match = /^(-?\d*)(:-?\d*)?(:-?\d*)?$/.exec(text);
  if (!match) throw new JsonPathSyntax(`invalid array index ${text}`);
  const [, first = '', second, third] = match;
  const known = (part: string) => {
    if (part === '-') throw new JsonPathSyntax(`array index ${part} is not a number`);
    return part === '' ? undefined : Number(part);
  };
  return {
    type: 'array',
    from: known(first),
    to: second === undefined || second === '' ? 'next' : known(second.slice(1)),
    step: known((third ?? '').slice(1)),
  };
}

function codePoint(c: string): string {
  return c.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0');
}

/** The text between quotes, with Go's escapes: `"\t"` is a tab. Upstream: parser.go `UnquoteExtend`. */
function unquote(text: string): string {
  const named: Readonly<Record<string, string>> = { ...escapes, '\\': '\\', "'": "'", '"': '"' };
  const quote = text.charAt(0);
  return text.slice(1, -1).replace(/\\(.)/gs, (_, c: string) => {
    const plain = named[c];
    if (plain === undefined || ((c === '"' || c === "'") && c !== quote)) {
      throw new JsonPathSyntax(`unquote string ${text} error invalid syntax`);
    }
    return plain;
  });
}
