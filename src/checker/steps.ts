/** The page or program that long work runs in: it knows the time, the work does not. */
export interface Pacer {
  /** Whether the work has gone on for long enough without a pause. */
  isDue(): boolean;
  /** Lets others have their turn; false when the work is not wanted any more. */
  pause(): Promise<boolean>;
}

/** Does all the work without a pause. */
export function atOnce<T>(work: Generator<void, T>): T {
  let turn = work.next();
  while (!turn.done) turn = work.next();
  return turn.value;
}

/** Does the work in slices, between which the host is free; undefined when it was given up. */
export async function inSlices<T>(work: Generator<void, T>, pacer: Pacer): Promise<T | undefined> {
  for (let turn = work.next(); ; turn = work.next()) {
    if (turn.done) return turn.value;
    if (pacer.isDue() && !(await pacer.pause())) return undefined;
  }
}
