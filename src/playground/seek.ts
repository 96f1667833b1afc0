import { signal } from '@preact/signals';
import { EngineLost } from './session/engine-host';
import type { Session } from './session/session';
import type { View } from './session/view';

/**
 * Looks back: asks for the cluster as it stood at a moment. While one answer is under way only the latest wish is kept,
 * so that a slider can be dragged as fast as one likes.
 */
export class Seeker {
  /** The moment that is wanted, in virtual milliseconds; undefined: now. */
  readonly at = signal<number | undefined>(undefined);
  /** The cluster at that moment, or at the last one that was answered. */
  readonly view = signal<View | undefined>(undefined);
  private asking = false;

  constructor(private readonly session: Session) {}

  /** Shows a moment of the past. */
  to(at: number): void {
    this.at.value = at;
    if (!this.asking) void this.follow();
  }

  /** Shows the present. */
  back(): void {
    this.at.value = undefined;
    this.view.value = undefined;
  }

  private async follow(): Promise<void> {
    this.asking = true;
    try {
      for (let wanted = this.at.peek(); wanted !== undefined;) {
        const view = await this.session.viewAt(wanted);
        const next = this.at.peek();
        if (next !== undefined) this.view.value = view;
        wanted = next === wanted ? undefined : next;
      }
    } catch (error) {
      this.back();
      if (!(error instanceof EngineLost)) throw error;
    } finally {
      this.asking = false;
    }
  }
}
