import type { Journey } from '@/shell/net/journey';
import { mostJourneys, type Printed } from './action';

/** Keeps what a command prints, in the order in which it comes, until somebody takes it. */
export class Transcript {
  private pieces: { stream: Printed['stream']; text: string }[] = [];

  private journeys: Journey[] = [];

  readonly walked = (journey: Journey): void => {
    if (this.journeys.length < mostJourneys) this.journeys.push(journey);
  };

  readonly stdout = (text: string): void => this.write('stdout', text);

  readonly stderr = (text: string): void => this.write('stderr', text);

  /** What came since this was last asked. */
  take(): readonly Printed[] {
    const taken = this.pieces;
    this.pieces = [];
    return taken;
  }

  /** The ways that packets went since this was last asked: a field of outcomes, absent where there was none. */
  takeJourneys(): { readonly journeys?: readonly Journey[] } {
    const { journeys } = this;
    this.journeys = [];
    return journeys.length > 0 ? { journeys } : {};
  }

  private write(stream: Printed['stream'], text: string): void {
    const last = this.pieces.at(-1);
    if (last?.stream === stream) last.text += text;
    else this.pieces.push({ stream, text });
  }
}
