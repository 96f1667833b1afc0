import { useSignal } from '@preact/signals';

/** What somebody is typing into a field that is taken when it is left. */
export interface Typed {
  readonly text: string;
  /** True after the text could not be taken, until something else is typed. */
  readonly wrong: boolean;
  readonly type: (text: string, wrong?: boolean) => void;
}

/**
 * The text of a field whose settled value is `value`: what was typed stays, whatever else of the page is drawn anew
 * meanwhile, until that value becomes another one. It is bound to the value it was typed over, and not put back by an
 * effect: an effect runs after a frame, when a quick person (or a slow machine) has typed already.
 */
export function useTyped(value: string): Typed {
  const draft = useSignal({ over: value, text: value, wrong: false });
  const { text, wrong } = draft.value.over === value ? draft.value : { text: value, wrong: false };
  return {
    text,
    wrong,
    type: (typed, refused = false) => (draft.value = { over: value, text: typed, wrong: refused }),
  };
}
