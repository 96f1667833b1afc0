import { plainScenario, readScenario } from '../share/read-scenario';
import type { Scenario } from '../share/scenario';

/** The part of `Storage` that drafts need. */
export type DraftStore = Pick<Storage, 'getItem' | 'setItem'>;

/** Whether a draft was kept, and if not, why: no room, or the browser allows no storage. */
export type Kept = 'kept' | 'full' | 'forbidden';

const key = 'portbound-draft';
const beforeKey = 'portbound-draft-before';

/** The draft of the last visit; undefined when there is none, or none that can be read. */
export function readDraft(store: () => DraftStore): Scenario | undefined {
  return read(store, key);
}

/** The draft that was put aside when a link was opened over it. */
export function readDraftBefore(store: () => DraftStore): Scenario | undefined {
  return read(store, beforeKey);
}

function read(store: () => DraftStore, key: string): Scenario | undefined {
  try {
    const text = store().getItem(key);
    return text === null ? undefined : readScenario(JSON.parse(text));
  } catch {
    return undefined;
  }
}

/**
 * Keeps a draft. `aside`: the one that is there belongs to another session and is put aside first, not written over.
 * `store` is asked for late: where storage is forbidden, already naming it throws.
 */
export function keepDraft(store: () => DraftStore, draft: Scenario, aside: boolean): Kept {
  let open: DraftStore;
  try {
    open = store();
  } catch {
    return 'forbidden';
  }
  try {
    const before = aside ? open.getItem(key) : null;
    if (before !== null) open.setItem(beforeKey, before);
    open.setItem(key, JSON.stringify(plainScenario(draft)));
    return 'kept';
  } catch (error) {
    return error instanceof Error && error.name === 'QuotaExceededError' ? 'full' : 'forbidden';
  }
}
