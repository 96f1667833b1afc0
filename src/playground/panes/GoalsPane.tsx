import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import type { Goal } from '../session/goals';
import type { Board } from '../state';
import type { Strings } from '../strings';

interface Props {
  readonly board: Board;
  readonly goals: readonly Goal[];
  readonly t: Strings;
}

/** Milliseconds of the reader's time between two looks at the goals, while time runs. */
const between = 3_000;

/** The goals of an exercise, turning from open to done as the cluster gets there. */
export function GoalsPane({ board, goals, t }: Props) {
  const met = useSignal<readonly boolean[]>([]);
  const entries = board.entries.value;
  const judgedAt = useRef(-Infinity);
  useEffect(() => {
    const { now } = board.view.peek();
    const judge = () => {
      judgedAt.current = now;
      void board.session.judge(goals).then((result) => (met.value = result));
    };
    if (board.running.peek()) {
      // Judging plays everything again on a copy: while time runs, not at every beat.
      if (Math.abs(now - judgedAt.current) >= between * board.pace.peek()) judge();
      return undefined;
    }
    const timer = setTimeout(judge, 200);
    return () => clearTimeout(timer);
  }, [entries]);
  return (
    <section class="goals" aria-label={t.goals.title}>
      <h3>{t.goals.title}</h3>
      <ul aria-live="polite">
        {goals.map((goal, i) => (
          <li key={goal.sentence} class={met.value[i] ? 'done' : 'open'}>
            <span aria-hidden="true">{met.value[i] ? '✓' : '○'}</span>
            <span>
              {goal.sentence} <span class="hidden-text">({met.value[i] ? t.goals.done : t.goals.open})</span>
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
