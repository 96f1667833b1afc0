import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { Goal } from '../session/goals';
import type { Board } from '../state';
import type { Strings } from '../strings';

interface Props {
  readonly board: Board;
  readonly goals: readonly Goal[];
  readonly t: Strings;
}

/** The goals of an exercise, turning from open to done as the cluster gets there. */
export function GoalsPane({ board, goals, t }: Props) {
  const met = useSignal<readonly boolean[]>([]);
  const entries = board.entries.value;
  useEffect(() => {
    if (board.running.value) return undefined;
    const timer = setTimeout(() => {
      void board.session.judge(goals).then((result) => (met.value = result));
    }, 200);
    return () => clearTimeout(timer);
  }, [entries]);
  return (
    <section class="goals" aria-label={t.lesson.goals}>
      <h3>{t.lesson.goals}</h3>
      <ul aria-live="polite">
        {goals.map((goal, i) => (
          <li key={goal.sentence} class={met.value[i] ? 'done' : 'open'}>
            <span aria-hidden="true">{met.value[i] ? '✓' : '○'}</span>
            <span>
              {goal.sentence} <span class="hidden-text">({met.value[i] ? t.lesson.goalDone : t.lesson.goalOpen})</span>
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
