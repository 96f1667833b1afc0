import { goQuote, unquoted } from './literal';
import type { Branch, CommandNode, Operand, Pipeline, Statement } from './node';
import { isEmpty } from './node';
import { numberOf } from './number';
import { startsOperand, TokenStream } from './token-stream';
import type { Token } from './lex';

type Ended = { readonly end: 'end' | 'else'; readonly next?: 'if' | 'with' };
/** Parentheses in parentheses; upstream allows 10000. */
const maximumDepth = 1000;

/** The templates of a text by their names; the text itself is called `output`. Upstream: text/template/parse/parse.go. */
export function parseTemplates(text: string, functions: (name: string) => boolean): Map<string, Statement[]> {
  const parser = new Parser(text, functions);
  parser.parse();
  return parser.templates;
}

class Parser extends TokenStream {
  readonly templates = new Map<string, Statement[]>();
  private variables = ['$'];
  private ranges = 0;
  private depth = 0;

  constructor(
    text: string,
    private readonly hasFunction: (name: string) => boolean,
  ) {
    super(text);
  }

  parse(): void {
    const root: Statement[] = [];
    while (this.peek().type !== 'eof') {
      if (this.peek().type === 'left-delim') {
        const delim = this.next();
        if (this.isWord(this.peekSkipping(), 'define')) {
          this.nextSkipping();
          this.definition();
          continue;
        }
        this.ahead.unshift(delim);
      }
      const one = this.statement();
      if ('end' in one) this.fail(`unexpected {{${one.end}}}`);
      else root.push(one);
    }
    this.add('output', root);
  }

  private add(name: string, statements: Statement[]): void {
    const old = this.templates.get(name);
    if (!old || isEmpty(old)) this.templates.set(name, statements);
    else if (!isEmpty(statements)) this.fail(`template: multiple definition of template ${goQuote(name)}`);
  }

  /** A template of its own inside the text: it sees no variables and no loops of the text around. */
  private body(name: string, context: string): void {
    const { variables, ranges } = this;
    this.variables = ['$'];
    this.ranges = 0;
    const { list, ended } = this.list();
    if (ended.end !== 'end') this.fail(`unexpected {{${ended.end}}} in ${context}`);
    this.add(name, list);
    this.variables = variables;
    this.ranges = ranges;
  }

  private definition(): void {
    const name = this.templateName(this.nextSkipping(), 'define clause');
    this.expect('right-delim', 'define clause');
    this.body(name, 'define clause');
  }

  private templateName(token: Token, context: string): string {
    if (token.type !== 'string' && token.type !== 'raw-string') return this.unexpected(token, context);
    return unquoted(token.text) ?? this.fail('invalid syntax');
  }

  private list(): { list: Statement[]; ended: Ended } {
    const list: Statement[] = [];
    while (this.peekSkipping().type !== 'eof') {
      const one = this.statement();
      if ('end' in one) return { list, ended: one };
      list.push(one);
    }
    return this.fail('unexpected EOF');
  }

  private statement(): Statement | Ended {
    const token = this.nextSkipping();
    if (token.type === 'text') return { type: 'text', at: token.at, text: token.text };
    if (token.type !== 'left-delim') return this.unexpected(token, 'input');
    this.actionLine = token.line;
    const action = this.action();
    this.actionLine = 0;
    return action;
  }

  private action(): Statement | Ended {
    const token = this.peekSkipping();
    const word = token.type === 'keyword' ? token.text : '';
    switch (word) {
      case 'if':
      case 'range':
      case 'with':
        this.nextSkipping();
        return this.control(word);
      case 'end':
        this.nextSkipping();
        this.expect('right-delim', 'end');
        return { end: 'end' };
      case 'else':
        this.nextSkipping();
        return this.otherwise();
      case 'break':
      case 'continue': {
        this.nextSkipping();
        const after = this.nextSkipping();
        if (after.type !== 'right-delim') return this.unexpected(after, `{{${word}}}`);
        if (this.ranges === 0) return this.fail(`{{${word}}} outside {{range}}`);
        return { type: word, at: token.at };
      }
      case 'block':
      case 'template':
        this.nextSkipping();
        return this.template(word);
    }
    const pipeline = this.pipeline('command', 'right-delim');
    return { type: 'action', at: token.at, pipeline };
  }

  private template(word: 'block' | 'template'): Statement {
    const context = `${word} clause`;
    const token = this.nextSkipping();
    const name = this.templateName(token, context);
    let pipeline: Pipeline | undefined;
    if (word === 'block' || this.peekSkipping().type !== 'right-delim')
      pipeline = this.pipeline(context, 'right-delim');
    else this.nextSkipping();
    if (word === 'block') this.body(name, context);
    return { type: 'template', at: token.at, name, pipeline };
  }

  private otherwise(): Ended {
    const next = this.peekSkipping();
    if (this.isWord(next, 'if')) return { end: 'else', next: 'if' };
    if (this.isWord(next, 'with')) return { end: 'else', next: 'with' };
    this.expect('right-delim', 'else');
    return { end: 'else' };
  }

  private control(type: Branch['type']): Branch {
    const scope = this.variables.length;
    const pipeline = this.pipeline(type, 'right-delim');
    if (type === 'range') this.ranges++;
    const { list, ended } = this.list();
    if (type === 'range') this.ranges--;
    let otherwise: Statement[] | undefined;
    if (ended.end === 'else') {
      if (ended.next !== undefined && ended.next === type) {
        this.nextSkipping();
        otherwise = [this.control(ended.next)];
      } else {
        const second = this.list();
        otherwise = second.list;
        if (second.ended.end !== 'end') this.fail(`expected end; found {{${second.ended.end}}}`);
      }
    }
    this.variables.length = scope;
    return { type, at: pipeline.at, pipeline, then: list, otherwise };
  }

  private pipeline(context: string, end: 'right-delim' | 'right-paren'): Pipeline {
    const pipe: Pipeline = { type: 'pipeline', at: this.peekSkipping().at, declared: [], assigns: false, commands: [] };
    this.declarations(pipe, context);
    for (;;) {
      const token = this.peekSkipping();
      if (token.type === end) {
        this.nextSkipping();
        break;
      }
      if (!startsOperand(token)) return this.unexpected(this.nextSkipping(), context);
      pipe.commands.push(this.command());
    }
    if (pipe.commands.length === 0) this.fail(`missing value for ${context}`);
    for (const [i, { words }] of pipe.commands.entries()) {
      const first = words[0]?.type ?? '';
      if (i > 0 && ['bool', 'dot', 'nil', 'number', 'string'].includes(first)) {
        this.fail(`non executable command in pipeline stage ${i + 1}`);
      }
    }
    return pipe;
  }

  private declarations(pipe: Pipeline, context: string): void {
    while (this.peekSkipping().type === 'variable') {
      const variable = this.nextSkipping();
      const after = this.next();
      const next = after.type === 'space' ? this.peekSkipping() : after;
      if (after.type !== 'space') this.ahead.unshift(after);
      const comma = next.type === 'char' && next.text === ',';
      if (!comma && next.type !== 'assign' && next.type !== 'declare') {
        if (after.type === 'space') this.ahead.unshift(after);
        this.ahead.unshift(variable);
        return;
      }
      this.nextSkipping();
      pipe.declared.push(variable.text);
      this.variables.push(variable.text);
      if (!comma) {
        pipe.assigns = next.type === 'assign';
        return;
      }
      if (context !== 'range' || pipe.declared.length > 1) this.fail(`too many declarations in ${context}`);
      if (!['variable', 'right-delim', 'right-paren'].includes(this.peekSkipping().type)) {
        this.fail('range can only initialize variables');
      }
    }
  }

  private command(): CommandNode {
    const command: CommandNode = { type: 'command', at: this.peekSkipping().at, words: [] };
    for (;;) {
      this.peekSkipping();
      const operand = this.operand();
      if (operand) command.words.push(operand);
      const token = this.next();
      if (token.type === 'space') continue;
      if (token.type === 'right-delim' || token.type === 'right-paren') this.ahead.unshift(token);
      else if (token.type !== 'pipe') this.unexpected(token, 'operand');
      break;
    }
    if (command.words.length === 0) this.fail('empty command');
    return command;
  }

  private operand(): Operand | undefined {
    const term = this.term();
    const { at, type } = this.peek();
    if (!term || type !== 'field') return term;
    const names: string[] = [];
    while (this.peek().type === 'field') names.push(this.next().text.slice(1));
    switch (term.type) {
      case 'field':
      case 'variable':
        return { type: term.type, at, names: [...term.names, ...names] };
      case 'bool':
      case 'number':
      case 'nil':
      case 'dot':
      case 'string': {
        const text = 'text' in term ? term.text : term.type === 'bool' ? String(term.value) : term.type;
        return this.fail(`unexpected . after term ${goQuote(term.type === 'dot' ? '.' : text)}`);
      }
      default:
        return { type: 'chain', at, of: term, names };
    }
  }

  private term(): Operand | undefined {
    const token = this.nextSkipping();
    const { at, text } = token;
    switch (token.type) {
      case 'identifier':
        if (!this.hasFunction(text)) this.fail(`function ${goQuote(text)} not defined`);
        return { type: 'identifier', at, name: text };
      case 'variable':
        if (!this.variables.includes(text)) this.fail(`undefined variable ${goQuote(text)}`);
        return { type: 'variable', at, names: [text] };
      case 'field':
        return { type: 'field', at, names: [text.slice(1)] };
      case 'bool':
        return { type: 'bool', at, value: text === 'true' };
      case 'char-constant':
      case 'complex':
      case 'number': {
        const found = numberOf(text);
        return typeof found === 'string' ? this.fail(found) : { type: 'number', at, text, ...found };
      }
      case 'string':
      case 'raw-string':
        return { type: 'string', at, text, value: unquoted(text) ?? this.fail('invalid syntax') };
      case 'left-paren': {
        if (this.depth >= maximumDepth) this.fail('max expression depth exceeded');
        this.depth++;
        const pipeline = this.pipeline('parenthesized pipeline', 'right-paren');
        this.depth--;
        return pipeline;
      }
      case 'keyword':
        if (text === '.') return { type: 'dot', at };
        if (text === 'nil') return { type: 'nil', at };
    }
    this.ahead.unshift(token);
    return undefined;
  }
}
