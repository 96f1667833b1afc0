import { applyEdits } from '@/manifest/apply-edits';
import { write } from '../files/workspace';
import type { Marker } from '../editor/marker';
import type { Board } from '../state';
import type { Strings } from '../strings';

interface Props {
  readonly board: Board;
  readonly t: Strings;
}

/** Everything that is marked in the text, in words: for those who cannot point at a wavy line. */
export default function FindingsSheet({ board, t }: Props) {
  const markers = board.markers.value;
  const text = board.text.value;
  const fix = (edits: Marker['fixes'][number]['edits']) => {
    board.workspace.value = write(board.workspace.peek(), applyEdits(text, edits));
  };
  return (
    <div class="findings-sheet" role="region" aria-label={t.play.findings} tabIndex={0}>
      {markers.length === 0 && <p class="soft">{t.play.problems(0, 0)}</p>}
      <ul>
        {markers.map((marker) => (
          <li key={marker.id} class={marker.severity}>
            <p class="soft">
              {marker.source} · {t.check.line(marker.range.start.line + 1)}
            </p>
            <p class="said">{marker.message}</p>
            <p class="row">
              {marker.fixes.map(({ title, edits }) => (
                <button key={title} type="button" class="button small" onClick={() => fix(edits)}>
                  {title}
                </button>
              ))}
              {marker.page && <a href={marker.page.href}>{t.errors.about}</a>}
              {marker.lesson && <a href={marker.lesson.href}>{marker.lesson.title}</a>}
            </p>
          </li>
        ))}
      </ul>
    </div>
  );
}
