import type { Hint } from '@/assist/hints';
import type { Strings } from '../strings';
import type { Assistance } from './assistance';
import { hintLabel, hintMarkdown } from './language-words';
import { monaco } from './monaco-parts';
import { pause } from './pause';

type Model = ReturnType<typeof monaco.editor.createModel>;

/** So many are shown at most, and a text longer than so many characters has none. */
const most = 1_500;
const longest = 300_000;

/**
 * What the server will fill in, behind the text that it belongs to. Monaco's own hints are made anew at every key; these
 * are left where they are unless they are others.
 */
export class Hints {
  private timer: ReturnType<typeof setTimeout> | undefined;
  private assistance: Assistance | undefined;
  private readonly shown = new WeakMap<Model, Map<string, string>>();

  constructor(private model: Model) {}

  /** Another text is seen, or another place is meant, or hints are wanted or not. */
  show(model: Model, assistance: Assistance | undefined): void {
    if (model === this.model && assistance === this.assistance) return;
    this.model = model;
    this.assistance = assistance;
    if (assistance?.hints === true) this.ask(0);
    else this.paint(model, [], assistance?.words);
  }

  /** The text was changed: until it is read again, the hints move with it. */
  changed(): void {
    if (this.assistance?.hints === true) this.ask(pause);
  }

  dispose(): void {
    clearTimeout(this.timer);
  }

  private ask(delay: number): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.answer(), delay);
  }

  private async answer(): Promise<void> {
    const { model, assistance } = this;
    if (!assistance || model.isDisposed()) return;
    const version = model.getVersionId();
    const isLong = model.getValueLength() > longest;
    // Where nobody can be asked there are no hints: an editor without them is an editor still.
    const hints = isLong
      ? []
      : await assistance.language.hints(model.getValue(), assistance.kubernetes).catch(() => undefined);
    if (!hints || model.isDisposed() || model.getVersionId() !== version || this.assistance !== assistance) return;
    this.paint(model, hints, assistance.words);
  }

  private paint(model: Model, hints: readonly Hint[], words: Strings['editor'] | undefined): void {
    clearTimeout(this.timer);
    const before = this.shown.get(model) ?? new Map<string, string>();
    const stay = new Map<string, string>();
    for (const [id, label] of before) {
      const at = model.getDecorationRange(id)?.getEndPosition();
      if (at) stay.set(`${at.lineNumber}:${at.column} ${label}`, id);
    }
    const kept = new Map<string, string>();
    const added: { readonly label: string; readonly decoration: ReturnType<typeof decorationOf> }[] = [];
    for (const hint of words ? hints.slice(0, most) : []) {
      const label = words && hintLabel(hint, words);
      if (!words || label === undefined) continue;
      const { line, character } = hint.position;
      const id = stay.get(`${line + 1}:${character + 1} ${label}`);
      if (id === undefined) added.push({ label, decoration: decorationOf(model, hint, label, words) });
      else kept.set(id, label);
    }
    const gone = [...before.keys()].filter((id) => !kept.has(id));
    if (gone.length === 0 && added.length === 0) return;
    const ids = model.deltaDecorations(
      gone,
      added.map(({ decoration }) => decoration),
    );
    ids.forEach((id, i) => kept.set(id, added[i]?.label ?? ''));
    this.shown.set(model, kept);
  }
}

function decorationOf(model: Model, hint: Hint, label: string, words: Strings['editor']) {
  const { line, character } = hint.position;
  // Behind a value the editor tells the same of the field itself.
  const behindKey = model.getLineContent(line + 1).charAt(character - 1) === ':';
  return {
    range: new monaco.Range(line + 1, character + 1, line + 1, character + 1),
    options: {
      description: 'filled in by the server',
      showIfCollapsed: true,
      stickiness: monaco.editor.TrackedRangeStickiness.AlwaysGrowsWhenTypingAtEdges,
      after: {
        content: label,
        inlineClassName: 'filled-hint',
        inlineClassNameAffectsLetterSpacing: true,
        cursorStops: monaco.editor.InjectedTextCursorStops.Right,
      },
      ...(behindKey ? { hoverMessage: { value: hintMarkdown(hint, words) } } : {}),
    },
  };
}
