import type { RefObject } from 'preact';
import { useEffect, useState } from 'preact/hooks';

interface Props {
  readonly root: RefObject<HTMLElement>;
  /** The size it sets: `--editor` as a share of the width, `--terminal` of the height, in per cent. */
  readonly name: 'editor' | 'terminal';
  readonly axis: 'x' | 'y';
  readonly label: string;
}

const ranges = { editor: { least: 20, most: 60, usual: 36 }, terminal: { least: 15, most: 70, usual: 36 } } as const;

/** The line between two panes: drag it, move it with the arrow keys, double-click it to reset. Sizes are kept. */
export function Splitter({ root, name, axis, label }: Props) {
  const { least, most, usual } = ranges[name];
  const [share, setShare] = useState<number>(usual);
  useEffect(() => {
    const kept = Number(read(name));
    if (kept >= least && kept <= most) setShare(kept);
  }, [name, least, most]);
  useEffect(() => root.current?.style.setProperty(`--${name}`, `${share}%`), [root, name, share]);

  const change = (value: number) => {
    const next = Math.round(Math.min(most, Math.max(least, value)));
    setShare(next);
    keep(name, next);
  };
  const drag = (event: PointerEvent) => {
    const box = root.current?.getBoundingClientRect();
    const handle = event.currentTarget;
    if (!box || !(handle instanceof HTMLElement) || !handle.hasPointerCapture(event.pointerId)) return;
    change(
      axis === 'x' ? ((event.clientX - box.left) / box.width) * 100 : ((box.bottom - event.clientY) / box.height) * 100,
    );
  };
  const key = (event: KeyboardEvent) => {
    const steps: Readonly<Record<string, number>> =
      axis === 'x' ? { ArrowLeft: -2, ArrowRight: 2 } : { ArrowUp: 2, ArrowDown: -2 };
    const step = steps[event.key];
    if (step === undefined) return;
    event.preventDefault();
    change(share + step);
  };
  return (
    <div
      class={`splitter ${axis}`}
      role="separator"
      tabIndex={0}
      aria-label={label}
      aria-orientation={axis === 'x' ? 'vertical' : 'horizontal'}
      aria-valuenow={share}
      aria-valuemin={least}
      aria-valuemax={most}
      onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
      onPointerMove={drag}
      onDblClick={() => change(usual)}
      onKeyDown={key}
    />
  );
}

function read(name: string): string | null {
  try {
    return localStorage.getItem(`pane-${name}`);
  } catch {
    return null;
  }
}

function keep(name: string, share: number): void {
  try {
    localStorage.setItem(`pane-${name}`, String(share));
  } catch {
    // Storage may be forbidden; sizes then last as long as the page.
  }
}
