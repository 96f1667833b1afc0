import { useSignal } from '@preact/signals';
import { useMemo } from 'preact/hooks';
import type { DiffSection } from '../compare/diff';
import { type FlipName, type Pair, flip, flipNames } from '../compare/flips';
import { useOutcome } from '../compare/use-outcome';
import { type Board, worldOf } from '../state';
import type { Strings } from '../strings';
import { clockText } from '../time';
import { CompareTable } from './CompareTable';
import { wear } from '../wear';
import sheet from '@/styles/playground/compare.css?inline';

wear(sheet);

interface Props {
  readonly board: Board;
  readonly t: Strings;
}

/** Milliseconds the slider goes to, and where it stands first: long enough for a Pod to be Running. */
const range = { most: 45 * 60_000, step: 5_000, first: 30_000 };

/** Two clusters played from the manifest that is seen, with one field flipped, and what comes of it. */
export default function Comparison({ board, t }: Props) {
  const name = useSignal<FlipName>('hostNetwork');
  const at = useSignal(range.first);
  const only = useSignal(false);
  const world = worldOf(board);
  const text = board.text.value;
  const pair = useMemo(() => world && flip(name.value, text, world), [name.value, text, world]);
  const sections = useOutcome(board, pair, `${name.value} ${text}`, at.value);
  return (
    <>
      <div class="choices">
        <label>
          <span>{t.compare.field}</span>
          <select
            value={name.value}
            onChange={(event) => {
              name.value = flipNames.find((entry) => entry === event.currentTarget.value) ?? 'hostNetwork';
            }}
          >
            {flipNames.map((entry) => (
              <option key={entry} value={entry}>
                {t.compare.fields[entry]}
              </option>
            ))}
          </select>
        </label>
        <label class="moment">
          <span>{t.compare.time}</span>
          <input
            type="range"
            min={0}
            max={range.most}
            step={range.step}
            value={at.value}
            aria-valuetext={clockText(at.value)}
            onInput={(event) => (at.value = event.currentTarget.valueAsNumber)}
          />
          <output class="mono">{clockText(at.value)}</output>
        </label>
        <label class="no-print">
          <input
            type="checkbox"
            checked={only.value}
            onChange={(event) => (only.value = event.currentTarget.checked)}
          />
          <span>{t.compare.onlyDifferences}</span>
        </label>
      </div>
      <Outcome pair={pair} sections={sections} name={t.compare.fields[name.value]} only={only.value} t={t} />
    </>
  );
}

interface OutcomeProps {
  readonly pair: Pair | undefined;
  readonly sections: readonly DiffSection[] | undefined;
  readonly name: string;
  readonly only: boolean;
  readonly t: Strings;
}

function Outcome({ pair, sections, name, only, t }: OutcomeProps) {
  if (!pair) return <p role="status">{t.compare.cannot(name)}</p>;
  if (!sections) return <p role="status">{t.compare.computing}</p>;
  const rows = sections.flatMap((section) => section.rows);
  return (
    <>
      <p role="status">{t.compare.count(rows.filter((row) => row.differs).length, rows.length)}</p>
      <div class="compared" tabIndex={0} role="region" aria-label={t.compare.title}>
        <CompareTable
          sections={sections}
          left={pair.left.value ?? t.compare.without(name)}
          right={pair.right.value ?? t.compare.without(name)}
          only={only}
          t={t.compare}
        />
      </div>
    </>
  );
}
