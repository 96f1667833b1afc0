import { useEffect } from 'preact/hooks';
import { fulfil, readWish } from '../fragment';
import { readFragment } from '../share/link';
import { openScenario, scenarioOf } from '../share/open';
import { reopen } from '../start';
import type { Board, PlaygroundProps } from '../state';
import type { Strings } from '../strings';
import { type Kept, keepDraft, readDraft } from './draft';

/** Milliseconds after the last change until the draft is kept. */
const pause = 400;

const store = () => localStorage;

/**
 * What a page opens with – the link it was opened by, or the draft of the last visit – and the keeping of the draft.
 * Only for a page of its own: an exercise opens as its lesson has it.
 */
export function useDraft(board: Board, props: PlaygroundProps, own: boolean, t: Strings): void {
  useEffect(() => {
    if (!own) return undefined;
    const keeper = new Keeper(board, t);
    const follow = async (first: boolean) => {
      keeper.rest();
      const linked = await followFragment(board, props, t);
      const resumed = first && !linked && takeUp(board, t);
      if (linked) offerOwn(board, t);
      keeper.begin(!resumed);
      void board.session.ready();
    };
    const again = () => void follow(false);
    void follow(true);
    addEventListener('hashchange', again);
    addEventListener('pagehide', keeper.keepNow);
    return () => {
      removeEventListener('hashchange', again);
      removeEventListener('pagehide', keeper.keepNow);
      keeper.rest();
    };
  }, []);
}

/** Opens what the address asks for; false when it asks for nothing that there is. */
async function followFragment(board: Board, props: PlaygroundProps, t: Strings): Promise<boolean> {
  const wanted = await readFragment(location.hash);
  if (typeof wanted === 'object') return openScenario(board, wanted, t);
  if (wanted !== undefined) {
    board.banner.value = { tone: 'refuse', text: t.share.faults[wanted] };
    return false;
  }
  const wish = readWish(location.hash);
  if (Object.keys(wish).length === 0) return false;
  await reopen(board, await fulfil(props, wish));
  return true;
}

/** Shows the files of the last visit, and offers to do again what was done. Whether there was a draft. */
function takeUp(board: Board, t: Strings): boolean {
  const draft = readDraft(store);
  if (!draft) return false;
  board.workspace.value = draft.workspace;
  const carryOn = {
    label: t.files.carryOn(draft.actions.length),
    run: () => openScenario(board, draft, t),
  };
  board.banner.value ??= {
    tone: 'plain',
    text: t.files.back,
    action: draft.actions.length > 0 ? carryOn : undefined,
  };
  return true;
}

/** Whoever opens a link has files of their own in its place no more: they are told how to come back to them. */
function offerOwn(board: Board, t: Strings): void {
  const draft = readDraft(store);
  if (!draft) return;
  board.banner.value ??= {
    tone: 'plain',
    text: t.files.aside,
    action: { label: t.files.openAside, run: () => openScenario(board, draft, t) },
  };
}

/** Keeps the draft a moment after every change. */
class Keeper {
  private stops: (() => void)[] = [];
  private timer: ReturnType<typeof setTimeout> | undefined;
  private aside = false;
  private told: Kept = 'kept';

  constructor(
    private readonly board: Board,
    private readonly t: Strings,
  ) {}

  /** `aside`: the draft that is in the store is not of this session; the first change puts it aside. */
  begin(aside: boolean): void {
    this.aside = aside;
    // A signal tells its present value at once; only what comes after that is a change.
    let begun = false;
    const changed = () => {
      if (!begun) return;
      clearTimeout(this.timer);
      this.timer = setTimeout(this.keepNow, pause);
    };
    this.stops = [this.board.workspace.subscribe(changed), this.board.entries.subscribe(changed)];
    begun = true;
  }

  rest(): void {
    this.keepNow();
    for (const stop of this.stops) stop();
    this.stops = [];
  }

  readonly keepNow = (): void => {
    if (this.timer === undefined) return;
    clearTimeout(this.timer);
    this.timer = undefined;
    const kept = keepDraft(store, scenarioOf(this.board), this.aside);
    this.aside = false;
    if (kept !== 'kept' && kept !== this.told)
      this.board.banner.value = { tone: 'refuse', text: this.t.files.notKept[kept] };
    this.told = kept;
  };
}
