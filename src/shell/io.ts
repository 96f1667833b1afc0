import { Stopped } from './leave';

/** Most characters that one place may hold: a loop that doubles a file would eat all memory. */
const longest = 32_000_000;

/** The text that waits at a command's standard input; whoever reads takes it away. */
export class Input {
  private position = 0;

  constructor(private text = '') {}

  /** All that is left. */
  takeAll(): string {
    const rest = this.text.slice(this.position);
    this.position = this.text.length;
    return rest;
  }

  /** The next line without its newline; undefined at the end. */
  takeLine(): string | undefined {
    if (this.position >= this.text.length) return undefined;
    const end = this.text.indexOf('\n', this.position);
    const line = this.text.slice(this.position, end < 0 ? this.text.length : end);
    this.position = end < 0 ? this.text.length : end + 1;
    return line;
  }
}

/** Where a command reads and writes. */
export interface Io {
  readonly input: Input;
  readonly stdout: (text: string) => void;
  readonly stderr: (text: string) => void;
}

/** Collects what is written to it. */
export class Buffer {
  private parts: string[] = [];
  private length = 0;

  /** Throws Stopped when it is full. */
  readonly write = (text: string): void => {
    const full = this.length > longest;
    this.length += text.length;
    if (full) return;
    if (this.length > longest) throw new Stopped('write error: No space left on device');
    if (text) this.parts.push(text);
  };

  get text(): string {
    if (this.parts.length > 1) this.parts = [this.parts.join('')];
    return this.parts[0] ?? '';
  }
}
