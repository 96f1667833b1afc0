import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { Assistance } from './assistance';
import { pause } from './pause';

const none: ReadonlyMap<number, string> = new Map();

/** What the server will fill in, by line (from 0): for an editor that shows it behind the line. */
export function useHints(text: string, assistance: Assistance | undefined): ReadonlyMap<number, string> {
  const hints = useSignal<{ readonly text: string; readonly byLine: ReadonlyMap<number, string> }>({
    text: '',
    byLine: none,
  });
  useEffect(() => {
    if (!assistance?.hints) return undefined;
    const { language, kubernetes, words } = assistance;
    const timer = setTimeout(() => {
      void Promise.all([language.hints(text, kubernetes), import('./language-words')]).then(
        ([found, { hintLabel }]) => {
          const labels = found.flatMap((hint) => {
            const label = hintLabel(hint, words);
            return label === undefined ? [] : [[hint.position.line, label] as const];
          });
          hints.value = { text, byLine: new Map(labels) };
        },
        () => undefined, // Where nobody can be asked, there are no hints.
      );
    }, pause);
    return () => clearTimeout(timer);
  }, [text, assistance]);
  return assistance?.hints === true && hints.value.text === text ? hints.value.byLine : none;
}
