import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { type EngineHost, EngineLost, openHost } from '../session/engine-host';
import type { Board } from '../state';
import type { DiffSection } from './diff';
import type { Pair } from './flips';

/**
 * What differs between the two clusters of a pair at a moment; undefined until both were played. `key` says which pair it is.
 * They are played in a thread of their own, beside the reader's cluster; of many moments asked for in a row the last counts.
 */
export function useOutcome(
  board: Board,
  pair: Pair | undefined,
  key: string,
  at: number,
): readonly DiffSection[] | undefined {
  const found = useSignal<{ readonly key: string; readonly sections: readonly DiffSection[] } | undefined>(undefined);
  const host = useRef<EngineHost>();
  const wanted = useRef<(() => Promise<void>) | undefined>();
  const busy = useRef(false);
  const gone = useRef(false);
  useEffect(
    () => () => {
      gone.current = true;
      host.current?.kill();
    },
    [],
  );
  useEffect(() => {
    if (!pair) return;
    wanted.current = async () => {
      host.current ??= openHost();
      const sections = await host.current.ask('compare', pair, board.file.peek(), board.seed.peek(), at);
      found.value = { key, sections };
    };
    if (!busy.current) void work();
  }, [key, at]);
  const work = async () => {
    busy.current = true;
    try {
      for (let next = wanted.current; next && !gone.current; next = wanted.current) {
        wanted.current = undefined;
        // A thread that breaks down is made anew once; where there are none, the page plays.
        await next().catch((error: unknown) => {
          if (gone.current || !(error instanceof EngineLost)) throw error;
          host.current = undefined;
          return next();
        });
      }
    } catch (error) {
      host.current = undefined;
      if (!(error instanceof EngineLost)) throw error;
    } finally {
      busy.current = false;
    }
  };
  if (!pair) return [];
  return found.value?.key === key ? found.value.sections : undefined;
}
