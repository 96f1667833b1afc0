import { useSignal } from '@preact/signals';
import { useEffect, useMemo, useRef } from 'preact/hooks';
import { readDraftBefore } from '../files/draft';
import { openFiles } from '../files/open-files';
import { pictureAsSvg } from '../picture/as-svg';
import { download } from '../share/download';
import { longestLink, scenarioFile, scenarioFragment } from '../share/link';
import { openScenario, scenarioOf } from '../share/open';
import { transcript } from '../share/transcript';
import type { Board } from '../state';
import type { Strings } from '../strings';
import { wear } from '../wear';
import sheet from '@/styles/playground/share.css?inline';

wear(sheet);

interface Props {
  readonly board: Board;
  readonly t: Strings;
  readonly onClose: () => void;
}

/** Links longer than this are cut by some chat programs. */
const longForChats = 2_000;

/** The link to all this, and everything that can be taken away as a file. */
export default function SharePanel({ board, t, onClose }: Props) {
  const dialog = useRef<HTMLDialogElement>(null);
  const field = useRef<HTMLInputElement>(null);
  const chooser = useRef<HTMLInputElement>(null);
  const link = useSignal('');
  const copied = useSignal('');
  useEffect(() => {
    dialog.current?.showModal();
    void scenarioFragment(scenarioOf(board)).then((fragment) => {
      link.value = `${location.origin}${location.pathname}${fragment}`;
    });
  }, []);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(link.value);
      copied.value = t.share.copied;
    } catch {
      field.current?.select();
      copied.value = t.share.notCopied;
    }
  };
  const takeKind = async () => {
    // It plays everything once more, so it brings the engine into the page.
    const { forKind } = await import('../share/for-kind');
    download('portbound-kind.sh', forKind(board, t), 'text/x-shellscript');
  };
  const { length } = link.value;
  const tooLarge = length > longestLink;
  const before = useMemo(() => readDraftBefore(() => localStorage), []);
  const file = board.file.value;
  const { files } = board.workspace.value;
  return (
    <dialog class="share" aria-labelledby="share-title" ref={dialog} onClose={onClose}>
      <header>
        <h2 id="share-title">{t.share.title}</h2>
        <button type="button" class="button small" onClick={() => dialog.current?.close()}>
          {t.share.close}
        </button>
      </header>
      <div class="dialog-body">
        {tooLarge ? (
          <p role="status">{t.share.tooLarge(length)}</p>
        ) : (
          <>
            <label>
              <span>{t.share.link}</span>
              <input
                class="mono"
                readOnly
                autofocus
                value={link.value}
                ref={field}
                onFocus={(event) => event.currentTarget.select()}
              />
            </label>
            <p class="row">
              <button type="button" class="button primary" disabled={length === 0} onClick={() => void copy()}>
                {t.share.copy}
              </button>
              <span role="status">{copied.value || (length > 0 && t.share.size(length))}</span>
            </p>
            {length > longForChats && <p class="soft">{t.share.long}</p>}
            <p class="soft">{t.share.private}</p>
          </>
        )}
        <h3>{t.share.downloads}</h3>
        <p class="row">
          <button type="button" class="button" onClick={() => download(file, board.text.value, 'application/yaml')}>
            {t.share.manifest(file)}
          </button>
          {files.length > 1 && (
            <button
              type="button"
              class="button"
              onClick={() => {
                for (const { name, text } of files) download(name, text, 'application/yaml');
              }}
            >
              {t.share.manifests(files.length)}
            </button>
          )}
          <button
            type="button"
            class="button"
            onClick={() => download('cluster.svg', pictureAsSvg(board.view.value.picture, t.picture), 'image/svg+xml')}
          >
            {t.share.picture}
          </button>
          <button
            type="button"
            class="button"
            disabled={board.entries.value.length === 0}
            onClick={() => download('transcript.txt', transcript(board.entries.value))}
          >
            {t.share.transcript}
          </button>
          <button
            type="button"
            class="button"
            onClick={() => download('scenario.json', scenarioFile(scenarioOf(board)), 'application/json')}
          >
            {t.share.scenario}
          </button>
        </p>
        <h3>{t.share.real}</h3>
        <p class="soft">{t.share.realAbout}</p>
        <p class="row">
          <button type="button" class="button" onClick={() => void takeKind()}>
            {t.share.kind}
          </button>
        </p>
        <h3>{t.share.bring}</h3>
        <p class="row">
          {before && (
            <button
              type="button"
              class="button"
              onClick={() => {
                dialog.current?.close();
                void openScenario(board, before, t);
              }}
            >
              {t.files.openAside}
            </button>
          )}
          <button type="button" class="button" onClick={() => chooser.current?.click()}>
            {t.share.openScenario}
          </button>
          <input
            type="file"
            accept=".json,application/json"
            hidden
            ref={chooser}
            onChange={(event) => {
              void openFiles(board, event.currentTarget.files ?? [], t);
              dialog.current?.close();
            }}
          />
        </p>
      </div>
    </dialog>
  );
}
