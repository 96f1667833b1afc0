import { lex, type Token } from './lex';
import { goQuote } from './literal';

/** A template that cannot be read or run. */
export class GoTemplateFailure extends Error {}

/** The tokens of a template, to be looked at ahead and put back; what is wrong is said with the line of the newest. */
export class TokenStream {
  protected readonly ahead: Token[] = [];
  /** The line on which the action that is being read began; 0 outside. */
  protected actionLine = 0;
  private readonly source: Iterator<Token, void>;
  private last: Token = { type: 'eof', at: 0, text: 'EOF', line: 1 };

  constructor(text: string) {
    this.source = lex(text);
  }

  protected next(): Token {
    const waiting = this.ahead.shift();
    if (waiting) return waiting;
    const { value } = this.source.next();
    if (value) this.last = value;
    return value ?? { ...this.last, type: 'eof', text: 'EOF' };
  }

  protected peek(): Token {
    const token = this.next();
    this.ahead.unshift(token);
    return token;
  }

  protected nextSkipping(): Token {
    for (;;) {
      const token = this.next();
      if (token.type !== 'space') return token;
    }
  }

  protected peekSkipping(): Token {
    const token = this.nextSkipping();
    this.ahead.unshift(token);
    return token;
  }

  protected isWord(token: Token, word: string): boolean {
    return token.type === 'keyword' && token.text === word;
  }

  protected fail(message: string): never {
    throw new GoTemplateFailure(`template: output:${this.last.line}: ${message}`);
  }

  protected unexpected(token: Token, context: string): never {
    if (token.type !== 'error') return this.fail(`unexpected ${tokenText(token)} in ${context}`);
    let extra = '';
    if (this.actionLine !== 0 && this.actionLine !== token.line) {
      extra = ` in action started at output:${this.actionLine}`;
      if (token.text.endsWith(' action')) extra = extra.slice(' in action'.length);
    }
    return this.fail(token.text + extra);
  }

  protected expect(type: Token['type'], context: string): Token {
    const token = this.nextSkipping();
    return token.type === type ? token : this.unexpected(token, context);
  }
}

/** What a word of a command may begin with. */
export function startsOperand({ type, text }: Token): boolean {
  if (type === 'keyword') return text === '.' || text === 'nil';
  return [
    'bool',
    'char-constant',
    'complex',
    'field',
    'identifier',
    'number',
    'raw-string',
    'string',
    'variable',
    'left-paren',
  ].includes(type);
}

/** Upstream: parse/lex.go `item.String`. */
function tokenText({ type, text }: Token): string {
  if (type === 'eof') return 'EOF';
  if (type === 'keyword') return `<${text}>`;
  const characters = [...text];
  return text.length > 10 ? `${goQuote(characters.slice(0, 10).join(''))}...` : goQuote(text);
}
