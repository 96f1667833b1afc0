import { useEffect, useRef } from 'preact/hooks';
import type { Board } from '../state';
import type { Strings } from '../strings';
import Comparison from './Comparison';

interface Props {
  readonly board: Board;
  readonly t: Strings;
  readonly onClose: () => void;
}

/** The comparison over the page. */
export default function ComparePanel({ board, t, onClose }: Props) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
  return (
    <dialog class="compare" aria-labelledby="compare-title" ref={dialog} onClose={onClose}>
      <header>
        <h2 id="compare-title">{t.compare.title}</h2>
        <button type="button" class="button no-print" onClick={() => print()}>
          {t.compare.print}
        </button>
        <button type="button" class="button no-print" onClick={() => dialog.current?.close()}>
          {t.compare.close}
        </button>
      </header>
      <Comparison board={board} t={t} />
    </dialog>
  );
}
