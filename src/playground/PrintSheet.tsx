import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { YamlLines } from './editor/YamlLines';
import Tables from './panes/Tables';
import { StaticPicture } from './picture/StaticPicture';
import { transcript } from './share/transcript';
import type { Board } from './state';
import type { Strings } from './strings';
import { clockText } from './time';
import { wear } from './wear';
import sheet from '@/styles/signs.css?inline';

wear(sheet);

interface Props {
  readonly board: Board;
  readonly t: Strings;
}

/** Of more houses than these the tables tell enough. */
const fewHouses = 12;

/** What goes to the printer in place of the panes: every manifest, all tables, and what was typed and printed. */
export default function PrintSheet({ board, t }: Props) {
  const printing = useSignal(false);
  useEffect(() => {
    // A dialog that is open prints itself.
    const begin = () => (printing.value = document.querySelector('dialog[open]') === null);
    const end = () => (printing.value = false);
    addEventListener('beforeprint', begin);
    addEventListener('afterprint', end);
    return () => {
      removeEventListener('beforeprint', begin);
      removeEventListener('afterprint', end);
    };
  }, []);
  if (!printing.value) return null;
  const { now, picture, tables } = board.view.value;
  return (
    <div class="print-sheet">
      <p class="soft">
        {t.frame.real.long}
        {t.play.world} {board.world.value} · {t.time.clock} {clockText(now)}
      </p>
      {board.workspace.value.files.map(({ name, text }) => (
        <section key={name}>
          <h2 class="mono">{name}</h2>
          <pre class="code">
            <YamlLines text={text.trimEnd()} />
          </pre>
        </section>
      ))}
      <section>
        <h2>{t.play.cluster}</h2>
        {picture.houses.length <= fewHouses && <StaticPicture picture={picture} t={t.picture} />}
        <Tables tables={tables} t={t.play} whole />
      </section>
      {board.entries.value.length > 0 && (
        <section>
          <h2>{t.play.terminal}</h2>
          <pre>{transcript(board.entries.value)}</pre>
        </section>
      )}
    </div>
  );
}
