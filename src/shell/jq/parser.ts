import { readPattern } from './pattern';
import { type Filter, JqSyntax } from './syntax';
import { Tokens } from './tokens';

/** How tightly binary operators bind; assignments do not chain. */
const levels: readonly (readonly string[])[] = [
  ['//'],
  ['=', '|=', '+=', '-=', '*=', '/=', '%=', '//='],
  ['or'],
  ['and'],
  ['==', '!=', '<', '<=', '>', '>='],
  ['+', '-'],
  ['*', '/', '%'],
];

/** Reads a filter of jq 1.6. Throws JqSyntax. */
export function parseFilter(text: string): Filter {
  const parser = new Parser(text);
  const filter = parser.word === '' ? ({ kind: 'identity' } as const) : parser.pipe();
  parser.end();
  return filter;
}

class Parser extends Tokens {
  end(): void {
    if (this.word !== '' || this.at < this.text.length) throw this.unexpected();
  }

  pipe(): Filter {
    if (++this.deep > 200) throw new JqSyntax('too deeply nested', this.at);
    try {
      if (this.accept('def')) return this.definition();
      const left = this.comma();
      return this.accept('|') ? { kind: 'pipe', left, right: this.pipe() } : left;
    } finally {
      this.deep--;
    }
  }

  private definition(): Filter {
    const name = this.take();
    const parameters: string[] = [];
    if (this.accept('(')) {
      do parameters.push(this.take());
      while (this.accept(';'));
      this.expect(')');
    }
    this.expect(':');
    const body = this.pipe();
    this.expect(';');
    const rest = this.word === '' ? ({ kind: 'identity' } as const) : this.pipe();
    return { kind: 'define', name, parameters, body, rest };
  }

  private comma(): Filter {
    let left = this.binary(0);
    while (this.accept(',')) left = { kind: 'comma', left, right: this.binary(0) };
    return left;
  }

  private binary(level: number): Filter {
    const operators = levels[level];
    if (!operators) return this.postfix();
    let left = this.binary(level + 1);
    while (operators.includes(this.word)) {
      const operator = this.take();
      // `//` binds to the right, as no other does.
      const right = this.binary(operator === '//' ? level : level + 1);
      left = { kind: 'binary', operator, left, right };
    }
    return left;
  }

  private postfix(): Filter {
    let of = this.term();
    for (;;) {
      if (this.accept('?')) of = { kind: 'try', body: of };
      else if (/^\.[A-Za-z_]/.test(this.word)) of = field(of, this.take().slice(1));
      else if (this.word === '.' && /^\s*["[]/.test(this.text.slice(this.at))) {
        this.next();
        if (this.opens()) of = { kind: 'index', of, key: this.quoted() };
      } else if (this.accept('[')) of = this.bracket(of);
      else if (this.word === 'as' && this.bindable()) {
        this.next();
        const pattern = readPattern(this);
        this.expect('|');
        return { kind: 'bind', source: of, pattern, body: this.pipe() };
      } else return of;
    }
  }

  private opens(): boolean {
    return this.word === '"';
  }

  /** `reduce` and `foreach` read their own `as`. */
  private reading = 0;
  private bindable(): boolean {
    return this.reading === 0;
  }

  private bracket(of: Filter): Filter {
    if (this.accept(']')) return { kind: 'each', of };
    if (this.accept(':')) {
      const to = this.inside();
      return { kind: 'slice', of, to };
    }
    const outer = this.reading;
    this.reading = 0;
    const key = this.pipe();
    this.reading = outer;
    if (this.accept(':')) {
      if (this.accept(']')) return { kind: 'slice', of, from: key };
      return { kind: 'slice', of, from: key, to: this.inside() };
    }
    this.expect(']');
    return { kind: 'index', of, key };
  }

  private inside(): Filter {
    const filter = this.pipe();
    this.expect(']');
    return filter;
  }

  private term(): Filter {
    const { word } = this;
    if (word === '"') return this.quoted();
    if (/^[\d]|^\.\d/.test(word)) return { kind: 'literal', value: Number(this.take()) };
    if (/^\.[A-Za-z_]/.test(word)) return field({ kind: 'identity' }, this.take().slice(1));
    if (word.startsWith('$')) return { kind: 'variable', name: this.take().slice(1) };
    if (word.startsWith('@')) {
      this.next();
      const read = this.word === '"' ? this.quoted() : undefined;
      return read?.kind === 'text' ? { ...read, format: word } : (read ?? { kind: 'format', name: word });
    }
    const outer = this.reading;
    this.reading = 0;
    try {
      return this.compound();
    } finally {
      this.reading = outer;
    }
  }

  private compound(): Filter {
    const word = this.take();
    switch (word) {
      case '.':
        if (this.word === '"') return { kind: 'index', of: { kind: 'identity' }, key: this.quoted() };
        return { kind: 'identity' };
      case '..':
        return { kind: 'recurse' };
      case '-':
        return { kind: 'negate', body: this.postfix() };
      case '(': {
        const body = this.pipe();
        this.expect(')');
        return body;
      }
      case '[': {
        if (this.accept(']')) return { kind: 'array' };
        const body = this.pipe();
        this.expect(']');
        return { kind: 'array', body };
      }
      case '{':
        return this.object();
      case 'if':
        return this.conditional();
      case 'try': {
        const body = this.postfix();
        return this.accept('catch') ? { kind: 'try', body, handler: this.postfix() } : { kind: 'try', body };
      }
      case 'reduce':
      case 'foreach':
        return this.loop(word);
      default:
        if (!/^[A-Za-z_]/.test(word) || /^(?:then|else|elif|end|as|def|and|or|catch)$/.test(word))
          throw this.unexpected(word);
        return { kind: 'call', name: word, args: this.args() };
    }
  }

  private args(): Filter[] {
    const args: Filter[] = [];
    if (!this.accept('(')) return args;
    do args.push(this.pipe());
    while (this.accept(';'));
    this.expect(')');
    return args;
  }

  private conditional(): Filter {
    const condition = this.pipe();
    this.expect('then');
    const then = this.pipe();
    if (this.accept('elif')) return { kind: 'if', condition, then, otherwise: this.conditional() };
    const otherwise = this.accept('else') ? this.pipe() : undefined;
    this.expect('end');
    return { kind: 'if', condition, then, ...(otherwise ? { otherwise } : {}) };
  }

  private loop(kind: 'reduce' | 'foreach'): Filter {
    this.reading++;
    const source = this.postfix();
    this.reading--;
    this.expect('as');
    const pattern = readPattern(this);
    this.expect('(');
    const start = this.pipe();
    this.expect(';');
    const update = this.pipe();
    const extract = this.accept(';') ? this.pipe() : undefined;
    this.expect(')');
    return { kind, source, pattern, start, update, ...(extract ? { extract } : {}) };
  }

  private object(): Filter {
    const entries: { key: Filter; value: Filter }[] = [];
    while (!this.accept('}')) {
      if (entries.length > 0) this.expect(',');
      const { key, value } = this.entry();
      entries.push({ key, value });
    }
    return { kind: 'object', entries };
  }

  private entry(): { key: Filter; value: Filter } {
    const { word } = this;
    let key: Filter;
    let short: Filter | undefined;
    if (word === '(') {
      this.next();
      key = this.pipe();
      this.expect(')');
    } else if (word === '"') {
      key = this.quoted();
      short = { kind: 'index', of: { kind: 'identity' }, key };
    } else {
      this.next();
      const name = word.replace(/^[$.@]/, '');
      if (!/^[A-Za-z_\d]/.test(name)) throw this.unexpected(word);
      key = { kind: 'literal', value: name };
      short = word.startsWith('$')
        ? { kind: 'variable', name }
        : word.startsWith('@')
          ? { kind: 'format', name: word }
          : field({ kind: 'identity' }, name);
    }
    if (this.accept(':')) return { key, value: this.entryValue() };
    if (!short) throw this.unexpected();
    return { key, value: short };
  }

  /** What stands after a colon in an object: no comma, and a pipe only in parentheses. */
  private entryValue(): Filter {
    let left = this.binary(0);
    while (this.accept('|')) left = { kind: 'pipe', left, right: this.binary(0) };
    return left;
  }

  /** The rest of a text whose opening quote is the current word. */
  private quoted(): Filter {
    const parts: (string | Filter)[] = [];
    let text = '';
    for (;;) {
      const character = this.text.charAt(this.at++);
      if (character === '') throw this.unexpected();
      if (character === '"') break;
      if (character !== '\\') {
        text += character;
        continue;
      }
      const escaped = this.text.charAt(this.at++);
      if (escaped === '(') {
        parts.push(text);
        text = '';
        this.next();
        parts.push(this.pipe());
        if (this.word !== ')') throw this.unexpected();
      } else if (escaped === 'u') {
        text += String.fromCharCode(parseInt(this.text.slice(this.at, this.at + 4), 16));
        this.at += 4;
      } else text += { n: '\n', t: '\t', r: '\r', b: '\b', f: '\f' }[escaped] ?? escaped;
    }
    this.next();
    if (parts.length === 0) return { kind: 'literal', value: text };
    return { kind: 'text', parts: [...parts, text] };
  }
}

function field(of: Filter, name: string): Filter {
  return { kind: 'index', of, key: { kind: 'literal', value: name } };
}
