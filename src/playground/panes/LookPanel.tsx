import { useSignal } from '@preact/signals';
import { Fragment } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { EngineLost } from '../session/engine-host';
import type { Looked, Target } from '../session/look';
import type { Board } from '../state';
import type { Strings } from '../strings';
import { clockText } from '../time';
import { Reasons, concerning } from './Reasons';
import { type ErrorLink, errorLinkOf } from '../why/error-link';
import { wear } from '../wear';
import sheet from '@/styles/playground/look.css?inline';

wear(sheet);

interface Props {
  readonly board: Board;
  readonly errors?: readonly ErrorLink[];
  readonly t: Strings;
}

const parts = ['describe', 'yaml', 'logs', 'why'] as const;

/** One object closely: what kubectl tells of it, at the moment that is looked at. */
export default function LookPanel({ board, errors, t }: Props) {
  const target = board.looked.value;
  return target ? <Look key={JSON.stringify(target)} board={board} target={target} errors={errors} t={t} /> : null;
}

function Look({ board, target, errors, t }: Props & { readonly target: Target }) {
  const dialog = useRef<HTMLDialogElement>(null);
  const part = useSignal<(typeof parts)[number]>('describe');
  const looked = useSignal<Looked | undefined>(undefined);
  const at = board.seeker.at.value;
  const { view } = board;
  useEffect(() => dialog.current?.showModal(), []);
  useEffect(() => {
    let stale = false;
    board.session.look(target, at).then(
      (found) => {
        if (!stale) looked.value = found;
      },
      (error: unknown) => {
        board.looked.value = undefined;
        if (!(error instanceof EngineLost)) throw error;
      },
    );
    return () => (stale = true);
  }, [view.value, at]);
  const isPod = target.resource.startsWith('po');
  const found = looked.value;
  const text = found && part.value !== 'why' ? found[part.value] : '';
  const reasons = concerning(view.value.reasons, target);
  const said = [...reasons.map(({ verdict }) => verdict).reverse(), found?.logs ?? '', found?.describe ?? ''];
  const explained = said.map((text) => errorLinkOf(text, errors)).find((link) => link !== undefined);
  const empty = part.value === 'logs' ? t.look.noLogs : t.look.gone;
  return (
    <dialog class="look" aria-labelledby="look-title" ref={dialog} onClose={() => (board.looked.value = undefined)}>
      <header>
        <h2 id="look-title">{t.look.title(target.resource, target.name)}</h2>
        {at !== undefined && <span class="soft">{t.look.at(clockText(at))}</span>}
        <button type="button" class="button small" onClick={() => dialog.current?.close()}>
          {t.look.close}
        </button>
      </header>
      <div class="segments" role="group" aria-label={t.look.parts}>
        {parts
          .filter((name) => isPod || name !== 'logs')
          .map((name) => (
            <button key={name} type="button" aria-pressed={part.value === name} onClick={() => (part.value = name)}>
              {t.look[name]}
            </button>
          ))}
      </div>
      {part.value === 'why' ? (
        <div class="look-body" tabIndex={0} role="region" aria-label={t.look.why}>
          {explained && (
            <p>
              <a href={explained.href}>{t.errors.about}</a>
            </p>
          )}
          <Reasons reasons={reasons} none={t.look.none} />
        </div>
      ) : (
        <pre class="look-body" tabIndex={0} role="region" aria-label={t.look[part.value]} aria-busy={!found}>
          {part.value === 'yaml' && found && text !== '' ? (
            <Marked text={text} lines={found.filledIn} t={t} />
          ) : (
            text || (found && (found.gone ?? empty))
          )}
        </pre>
      )}
    </dialog>
  );
}

/** YAML with the lines marked that the server filled in. */
function Marked({ text, lines, t }: { text: string; lines: readonly number[]; t: Strings }) {
  const marked = new Set(lines);
  return (
    <>
      {marked.size > 0 && <span class="filled-note">{t.filledIn.note}</span>}
      {text.split('\n').map((line, i) => (
        <Fragment key={i}>
          {marked.has(i) ? (
            <ins class="filled-in" title={t.filledIn.title}>
              {line}
            </ins>
          ) : (
            line
          )}
          {'\n'}
        </Fragment>
      ))}
    </>
  );
}
