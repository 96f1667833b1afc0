import { useRef, useState } from 'preact/hooks';
import { type Board, act, stopEngine } from '../state';
import type { Strings } from '../strings';
import { clockText } from '../time';
import { runForCommands } from '../use-clock';
import { TerminalLog } from './TerminalLog';

interface Props {
  readonly board: Board;
  readonly t: Strings;
}

/** A terminal that is an ordinary list and an ordinary input: readable, printable, no canvas. */
export function TerminalPane({ board, t }: Props) {
  const [line, setLine] = useState('');
  const [back, setBack] = useState(0);
  const [choices, setChoices] = useState<readonly string[]>([]);
  /** The line that Tab cannot make longer: the next Tab leaves the field, as everywhere else. */
  const stuck = useRef('');
  const input = useRef<HTMLInputElement>(null);
  const entries = board.entries.value;
  const typed = entries.flatMap(({ action }) => (action.kind === 'run' ? [action.line] : []));
  const { places } = board.view.value;
  const place = places.includes(board.place.value) ? board.place.value : (places[0] ?? 'client');
  const past = board.seeker.at.value;
  const going = board.live.value.terminals.busy.includes(place);

  const clear = () => {
    setLine('');
    setBack(0);
    setChoices([]);
  };
  const submit = async (event: Event) => {
    event.preventDefault();
    const text = line.trim();
    if (text === '' || going || past !== undefined) return;
    clear();
    await act(board, { kind: 'run', place, line: text, open: true });
    runForCommands(board);
  };
  /** What runs here is broken off; an engine that does not even answer is stopped. */
  const interrupt = () => {
    if (board.busy.peek()) stopEngine(board);
    else if (going) void act(board, { kind: 'interrupt', place });
    else clear();
    input.current?.focus();
  };
  const complete = async () => {
    const completed = await board.session.complete(place, line);
    if (completed.line === line) stuck.current = line;
    setLine(completed.line);
    setChoices(completed.choices);
  };
  const press = (event: KeyboardEvent) => {
    const selected = event.currentTarget instanceof HTMLInputElement && hasSelection(event.currentTarget);
    if (event.key === 'Tab' && !event.shiftKey && line.trim() !== '' && stuck.current !== line) {
      event.preventDefault();
      void complete();
    } else if (event.key === 'c' && event.ctrlKey && !selected) {
      event.preventDefault();
      interrupt();
    } else recall(event);
  };
  const recall = (event: KeyboardEvent) => {
    const step = event.key === 'ArrowUp' ? 1 : event.key === 'ArrowDown' ? -1 : 0;
    if (step === 0) return;
    event.preventDefault();
    const next = Math.max(0, Math.min(typed.length, back + step));
    setBack(next);
    setLine(next === 0 ? '' : (typed[typed.length - next] ?? ''));
  };
  // The log's own keys: Ctrl+C works wherever in the terminal one is.
  const pressOutside = (event: KeyboardEvent) => {
    if (event.key !== 'c' || !event.ctrlKey || event.defaultPrevented) return;
    if ((getSelection()?.toString() ?? '') !== '') return;
    event.preventDefault();
    interrupt();
  };
  return (
    <section class="pane terminal" data-pane="terminal" aria-label={t.play.terminal} onKeyDown={pressOutside}>
      <header class="pane-head">
        <label>
          <span class="soft">{t.terminal.place}</span>
          <select value={place} onChange={(event) => (board.place.value = event.currentTarget.value)}>
            {places.map((name) => (
              <option key={name}>{name}</option>
            ))}
          </select>
        </label>
        <span class="soft hint">{t.terminal.hint}</span>
      </header>
      <TerminalLog board={board} t={t} />
      <p class="completions mono soft" role="status">
        {choices.join('  ')}
      </p>
      <form class="prompt" onSubmit={(event) => void submit(event)}>
        <label>
          <span class="mono">{place}$</span>
          <input
            ref={input}
            aria-label={t.terminal.input}
            value={line}
            autocomplete="off"
            autocapitalize="off"
            spellcheck={false}
            readOnly={past !== undefined}
            placeholder={placeholder(board, going, past, t)}
            onInput={(event) => setLine(event.currentTarget.value)}
            onKeyDown={press}
          />
        </label>
        {going || board.slow.value ? (
          <button type="button" class="button small" onClick={interrupt}>
            {t.terminal.stop}
          </button>
        ) : (
          <button type="submit" class="button small" disabled={past !== undefined}>
            {t.terminal.run}
          </button>
        )}
      </form>
    </section>
  );
}

function placeholder(board: Board, going: boolean, past: number | undefined, t: Strings): string {
  if (past !== undefined) return t.terminal.inThePast(clockText(past));
  if (!going) return '';
  return board.running.value ? t.terminal.going : t.terminal.still;
}

/** Ctrl+C on marked text copies it, as everywhere; it breaks off the line only where nothing is marked. */
function hasSelection({ selectionStart, selectionEnd }: HTMLInputElement): boolean {
  return selectionStart !== selectionEnd;
}
