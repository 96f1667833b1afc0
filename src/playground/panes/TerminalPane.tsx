import { useEffect, useRef, useState } from 'preact/hooks';
import type { Entry } from '../session/session';
import { type Board, act } from '../state';
import type { Strings } from '../strings';
import { clockText } from '../time';

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
  const log = useRef<HTMLDivElement>(null);
  const entries = board.entries.value;
  const typed = entries.flatMap(({ action }) => (action.kind === 'run' ? [action.line] : []));
  const { places } = board.view.value;
  const place = places.includes(board.place.value) ? board.place.value : (places[0] ?? 'client');

  useEffect(() => {
    const list = log.current;
    if (list) list.scrollTop = list.scrollHeight;
  }, [entries]);

  const submit = (event: Event) => {
    event.preventDefault();
    const text = line.trim();
    setLine('');
    setBack(0);
    setChoices([]);
    if (text !== '') void act(board, { kind: 'run', place, line: text });
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
      setLine('');
      setBack(0);
      setChoices([]);
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
  return (
    <section class="pane terminal" data-pane="terminal" aria-label={t.play.terminal}>
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
      <div class="log" role="log" aria-live="polite" aria-label={t.terminal.log} tabIndex={0} ref={log}>
        <ol>
          {entries.length === 0 && <li class="soft">{t.terminal.welcome}</li>}
          {entries.map((entry, i) => (
            <LogEntry key={i} entry={entry} t={t} />
          ))}
        </ol>
      </div>
      <p class="completions mono soft" role="status">
        {choices.join('  ')}
      </p>
      <form class="prompt" onSubmit={submit}>
        <label>
          <span class="mono">{place}$</span>
          <input
            aria-label={t.terminal.input}
            value={line}
            autocomplete="off"
            autocapitalize="off"
            spellcheck={false}
            onInput={(event) => setLine(event.currentTarget.value)}
            onKeyDown={press}
          />
        </label>
        <button type="submit" class="button small" disabled={board.busy.value}>
          {t.terminal.run}
        </button>
      </form>
    </section>
  );
}

/** Ctrl+C on marked text copies it, as everywhere; it breaks off the line only where nothing is marked. */
function hasSelection({ selectionStart, selectionEnd }: HTMLInputElement): boolean {
  return selectionStart !== selectionEnd;
}

function LogEntry({ entry, t }: { entry: Entry; t: Strings }) {
  const { action, outcome } = entry;
  if (outcome.line === undefined) {
    // Time that runs by itself is on the clock; here only the jumps are told.
    if (action.kind === 'apply' || action.kind === 'run' || (action.kind === 'advance' && action.running)) return null;
    return (
      <li class="passed">
        <span>{clockText(outcome.to)}</span>
      </li>
    );
  }
  return (
    <li class={outcome.exitCode === 0 ? 'fine' : 'failed'}>
      <div class="line">
        <span class="soft">{outcome.place}$</span> {outcome.line}
      </div>
      {outcome.output.length > 0 && (
        <pre>
          {outcome.output.map((part, i) => (
            <span key={i} class={part.stream}>
              {part.text}
            </span>
          ))}
        </pre>
      )}
      {outcome.exitCode !== undefined && outcome.exitCode !== 0 && (
        <div class="exit">{t.terminal.exit(outcome.exitCode)}</div>
      )}
    </li>
  );
}
