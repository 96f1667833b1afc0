import { useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';

interface Props {
  /** The class of the whole: what makes this one special. */
  readonly class: string;
  readonly summary: string;
  /** The class of the words that open it. */
  readonly summaryClass: string;
  readonly children: (close: () => void) => ComponentChildren;
}

/** A sheet that hangs at a button, filled when it is opened first. It goes when Escape is pressed, when something else is touched, and when Tab leaves it. */
export function DropDown({ class: name, summary, summaryClass, children }: Props) {
  const whole = useRef<HTMLDetailsElement>(null);
  const opened = useSignal(false);
  const close = () => {
    if (whole.current) whole.current.open = false;
  };
  useEffect(() => {
    const touched = ({ target }: PointerEvent) => {
      if (target instanceof Node && !whole.current?.contains(target)) close();
    };
    addEventListener('pointerdown', touched);
    return () => removeEventListener('pointerdown', touched);
  }, []);
  return (
    <details
      class={`drop-down ${name}`}
      ref={whole}
      onToggle={() => (opened.value = true)}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        close();
        whole.current?.querySelector('summary')?.focus();
      }}
      onFocusOut={({ relatedTarget }) => {
        if (relatedTarget instanceof Node && !whole.current?.contains(relatedTarget)) close();
      }}
    >
      <summary class={summaryClass}>{summary}</summary>
      <div class="hanging">{opened.value && children(close)}</div>
    </details>
  );
}
