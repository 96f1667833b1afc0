import type { Printed } from './action';

/** Keeps what a command prints, in the order in which it comes, until somebody takes it. */
export class Transcript {
  private pieces: { stream: Printed['stream']; text: string }[] = [];

  readonly stdout = (text: string): void => this.write('stdout', text);

  readonly stderr = (text: string): void => this.write('stderr', text);

  /** What came since this was last asked. */
  take(): readonly Printed[] {
    const taken = this.pieces;
    this.pieces = [];
    return taken;
  }

  private write(stream: Printed['stream'], text: string): void {
    const last = this.pieces.at(-1);
    if (last?.stream === stream) last.text += text;
    else this.pieces.push({ stream, text });
  }
}
