import { draws } from './draws';
import type { Outcome } from './recording';

/** Counts the cases of a replay: how many are equal, and how many would be without a second draw of the lot. */
export class Tally {
  passed = 0;
  failed = 0;
  private drawn = 0;
  private drawnPassed = 0;
  private firstPassed = 0;
  private steps = 0;
  private nearest = 0;
  private first = 0;

  add(outcome: Outcome): void {
    if (outcome.equal) this.passed++;
    else this.failed++;
    if (!outcome.draws) return;
    this.drawn++;
    if (outcome.equal) this.drawnPassed++;
    if (outcome.draws.firstEqual) this.firstPassed++;
    this.steps += outcome.draws.steps;
    this.nearest += outcome.draws.nearest;
    this.first += outcome.draws.first;
  }

  /** `48 passed, 10 failed`; where the lot decides, also what one draw alone gives and what the nearest of several. */
  text(): string {
    const sum = `${this.passed} passed, ${this.failed} failed\n`;
    if (this.drawn === 0) return sum;
    const line = (passed: number, differ: number) =>
      `${passed} of ${this.drawn} cases equal, ${differ} of ${this.steps} steps differ\n`;
    return `Where the lot decides (ties, back ends, how far waits are stretched), it was drawn up to ${draws} times:
    with the first draw alone:  ${line(this.firstPassed, this.first)}    with the nearest draw:      ${line(this.drawnPassed, this.nearest)}${sum}`;
  }
}
