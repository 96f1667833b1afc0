/** Why a container did not start at the last sync, until it does. */
export interface WaitingReason {
  readonly reason: string;
  readonly message: string;
}

/** The reasons of a Pod's containers, by name. */
export class WaitingReasons {
  private readonly byName = new Map<string, WaitingReason>();
  private readonly texts = new Map<string, { readonly message: string; readonly quoted: string }>();
  private turns = 0;

  /** Grows when a reason comes, goes, or becomes another. */
  get changes(): number {
    return this.turns;
  }

  /** `message` in quotes, as the log has it: a container waits for the same reason at many syncs. */
  quoted(container: string, message: string): string {
    const before = this.texts.get(container);
    if (before?.message === message) return before.quoted;
    const quoted = JSON.stringify(message);
    this.texts.set(container, { message, quoted });
    return quoted;
  }

  get(container: string): WaitingReason | undefined {
    return this.byName.get(container);
  }

  set(container: string, why: WaitingReason): void {
    const before = this.byName.get(container);
    if (before?.reason === why.reason && before.message === why.message) return;
    this.byName.set(container, why);
    this.turns++;
  }

  delete(container: string): void {
    if (this.byName.delete(container)) this.turns++;
  }

  clear(): void {
    if (this.byName.size > 0) this.turns++;
    this.byName.clear();
  }
}
