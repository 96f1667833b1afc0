import { type Signal, useSignal } from '@preact/signals';
import { useEffect, useMemo } from 'preact/hooks';
import { workerLanguage } from '../language/worker-language';
import { type Board, worldOf } from '../state';
import type { Strings } from '../strings';
import type { Assistance } from './assistance';

const key = 'portbound-hints';

/** Whom the playground's editor asks, and whether it shows what will be filled in, as the reader chose last. */
export function useAssistance(board: Board, t: Strings): { assistance: Assistance; hints: Signal<boolean> } {
  const hints = useSignal(true);
  useEffect(() => {
    try {
      hints.value = localStorage.getItem(key) !== 'off';
    } catch {
      // Without storage it is chosen anew on every visit.
    }
  }, []);
  const world = worldOf(board);
  const assistance = useMemo(
    () => ({
      language: workerLanguage,
      kubernetes: world?.kubernetes ?? '1.36',
      nodeNames: world?.nodes.map((node) => node.name) ?? [],
      hints: hints.value,
      words: t.editor,
    }),
    [world, hints.value, t],
  );
  return { assistance, hints };
}

/** Remembers the choice for the next visit. */
export function keepHints(on: boolean): void {
  try {
    localStorage.setItem(key, on ? 'on' : 'off');
  } catch {
    // As above.
  }
}
