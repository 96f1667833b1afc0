import { useSignal } from '@preact/signals';
import type { ComponentType } from 'preact';
import { useEffect } from 'preact/hooks';

interface Props<P> {
  readonly load: () => Promise<{ readonly default: ComponentType<P> }>;
  /** What the part is given, once it is there. */
  readonly given: P;
}

/** A part of the page that is fetched when it is first shown. */
export function Fetched<P>({ load, given }: Props<P>) {
  const part = useSignal<{ readonly Part: ComponentType<P> } | undefined>(undefined);
  useEffect(() => {
    let gone = false;
    void load().then((module) => {
      if (!gone) part.value = { Part: module.default };
    });
    return () => (gone = true);
  }, []);
  const Part = part.value?.Part;
  // A generic component's own props cannot be told from Preact's additions to them: they are handed on as they came.
  return Part ? <Part {...(given as P & preact.Attributes)} /> : null;
}
