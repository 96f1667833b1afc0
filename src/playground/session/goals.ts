import type { Engine } from './engine';

/** A condition on the cluster: a command that prints `expect` when it holds. Judged by outcome, not by keystrokes. */
export interface Goal {
  readonly sentence: string;
  readonly place: string;
  readonly probe: string;
  readonly expect: string;
}

/** Which goals hold now. The probes are typed at `engine`: give it a copy. */
export function goalsMet(engine: Engine, goals: readonly Goal[]): boolean[] {
  return goals.map(({ place, probe, expect }) => {
    const { output } = engine.perform({ kind: 'run', place, line: probe });
    const printed = output.flatMap(({ stream, text }) => (stream === 'stdout' ? [text] : [])).join('');
    return printed.trim() === expect;
  });
}
