import { JqSyntax } from './syntax';

const token =
  /\s*(?:#[^\n]*\n?\s*)*(\?\/\/|\|=|\+=|-=|\*=|\/\/=|\/=|%=|==|!=|<=|>=|\/\/|\.\.|\.[A-Za-z_]\w*|@[a-z0-9]+|\$[A-Za-z_]\w*|[A-Za-z_]\w*(?:::\w+)*|\d+(?:\.\d*)?(?:[eE][-+]?\d+)?|\.\d+|[.[\](){}|,:;=<>+\-*/%?"])?/y;

/** The words of a filter, one after another. */
export class Tokens {
  word = '';
  protected at = 0;
  protected deep = 0;

  constructor(protected readonly text: string) {
    this.next();
  }

  protected next(): void {
    token.lastIndex = this.at;
    const found = token.exec(this.text);
    this.at = found ? token.lastIndex : this.at;
    this.word = found?.[1] ?? '';
    if (this.word === '' && this.at < this.text.length) throw this.unexpected();
  }

  take(): string {
    const { word } = this;
    if (word === '') throw this.unexpected();
    this.next();
    return word;
  }

  accept(word: string): boolean {
    if (this.word !== word) return false;
    this.next();
    return true;
  }

  expect(word: string): void {
    if (!this.accept(word)) throw this.unexpected();
  }

  unexpected(word = this.word || this.text.charAt(this.at)): JqSyntax {
    const known = /^[A-Za-z_]/.test(word) ? 'IDENT' : /^\.[A-Za-z_]/.test(word) ? 'FIELD' : `'${word}'`;
    const what = word === '' ? '$end' : /^[\])}"#\\'^&!~]/.test(word) ? 'INVALID_CHARACTER' : known;
    const complete = word !== '' && this.deep === 0;
    const at = word === '' ? this.text.length - 1 : this.at - word.length;
    return new JqSyntax(
      `syntax error, unexpected ${what}${complete ? ', expecting $end' : ''} (Unix shell quoting issues?)`,
      at,
    );
  }
}
