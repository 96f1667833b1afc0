import { SyntaxProblem } from './syntax';

/** A text and a place in it. */
export class Scanner {
  position = 0;

  constructor(readonly text: string) {}

  /** A scanner of another text. */
  within(text: string): Scanner {
    return new Scanner(text);
  }

  get done(): boolean {
    return this.position >= this.text.length;
  }

  peek(offset = 0): string {
    return this.text[this.position + offset] ?? '';
  }

  next(): string {
    return this.text[this.position++] ?? '';
  }

  startsWith(text: string): boolean {
    return this.text.startsWith(text, this.position);
  }

  /** Steps over `text` if it stands here. */
  accept(text: string): boolean {
    if (!this.startsWith(text)) return false;
    this.position += text.length;
    return true;
  }

  /** Steps over everything up to `end` and over `end` itself; returns what was in between. */
  until(end: string): string {
    const found = this.text.indexOf(end, this.position);
    if (found < 0) {
      throw new SyntaxProblem(`unexpected EOF while looking for matching \`${end}'`, true);
    }
    const inside = this.text.slice(this.position, found);
    this.position = found + end.length;
    return inside;
  }

  match(pattern: RegExp): string {
    const sticky = new RegExp(pattern.source, 'y');
    sticky.lastIndex = this.position;
    const found = sticky.exec(this.text)?.[0] ?? '';
    this.position += found.length;
    return found;
  }

  /** Steps over blanks, joined lines and a comment. */
  blanks(): void {
    for (;;) {
      if (this.peek() === ' ' || this.peek() === '\t') this.position++;
      else if (this.startsWith('\\\n')) this.position += 2;
      else break;
    }
    if (this.peek() === '#') this.match(/[^\n]*/);
  }
}
