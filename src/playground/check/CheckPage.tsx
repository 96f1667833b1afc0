import { useSignal } from '@preact/signals';
import { useMemo, useRef } from 'preact/hooks';
import type { WorldFile } from '@/kubernetes/world';
import { applyEdits } from '@/manifest/apply-edits';
import { Editor } from '../editor/Editor';
import { pageLanguage } from '../language/page-language';
import { en } from '../strings';
import { askHere } from './ask-here';
import { Findings } from './Findings';
import { PlayLink } from './PlayLink';
import { type Lessons, shown } from './shown';
import { useAnswer } from './use-answer';
import { verdictOf } from './verdict';
import { useDropped } from '../files/use-dropped';
import { readFiles } from '../files/read-dropped';
import type { ErrorLink } from '../why/error-link';

export interface Example {
  readonly id: 'mismatch' | 'misplaced' | 'crowded';
  readonly text: string;
}

export interface CheckPageProps {
  readonly worlds: readonly WorldFile[];
  readonly world: string;
  readonly examples: readonly Example[];
  readonly lessons: Lessons;
  readonly errors: readonly ErrorLink[];
  /** Address of the playground. */
  readonly play: string;
}

/** Paste on the left, what everybody would say on the right. All of it happens in this page. */
export default function CheckPage({ worlds, world: first, examples, lessons, errors, play }: CheckPageProps) {
  const t = en;
  const text = useSignal('');
  const world = useSignal(first);
  const lit = useSignal<string | undefined>(undefined);
  const verdictLine = useRef<HTMLHeadingElement>(null);
  const file = worlds.find((entry) => entry.name === world.value);
  const answer = useAnswer(text.value, file, askHere, 300).value;
  const { findings, forecast } = answer;
  const found = useMemo(() => shown(findings, answer.text, t, lessons, errors), [findings]);
  const assistance = useMemo(() => {
    const nodeNames = file?.nodes.map((node) => node.name) ?? [];
    return { language: pageLanguage, kubernetes: file?.kubernetes ?? '1.36', nodeNames, hints: true, words: t.editor };
  }, [file]);
  const refused = useSignal('');
  useDropped(true, async (list) => {
    const read = await readFiles(list);
    if (read.files.length > 0) text.value = read.files.map((one) => one.text).join('\n---\n');
    refused.value = read.refused.map(({ name, fault }) => t.files.refused[fault](name)).join(' ');
  });
  const empty = text.value.trim() === '';
  const verdict = verdictOf(answer, t.check.verdict);
  return (
    <div class="check">
      <section class="pane" aria-label={t.check.input}>
        <header class="pane-head">
          <h2>{t.check.input}</h2>
          <label>
            <span class="soft">{t.check.world}</span>
            <select value={world.value} onChange={(event) => (world.value = event.currentTarget.value)}>
              {worlds.map((entry) => (
                <option key={entry.name} value={entry.name} title={entry.about}>
                  {entry.name}
                </option>
              ))}
            </select>
          </label>
        </header>
        <Editor
          label={t.check.input}
          value={text.value}
          placeholder={t.check.placeholder}
          markers={found.map((entry) => entry.marker)}
          lit={lit.value}
          assistance={assistance}
          onChange={(value) => (text.value = value)}
          onVisit={(ids) => (lit.value = ids[0])}
        />
      </section>
      <section class="answers" aria-label={t.check.title}>
        <div role="status">
          <h1 ref={verdictLine} tabIndex={-1}>
            {empty ? t.check.verdict.empty : verdict}
          </h1>
          {empty ? (
            <p class="soft">{t.check.lead}</p>
          ) : (
            <p class="soft">
              {[
                found.length > 0 ? t.check.count(found.length) : forecast === 'done' && t.check.verdict.fineMore,
                forecast !== 'done' && forecast !== 'reading' && t.check.forecast[forecast],
              ]
                .filter(Boolean)
                .join(' · ')}
            </p>
          )}
        </div>
        {refused.value !== '' && (
          <p role="alert" class="refused">
            {refused.value}
          </p>
        )}
        {!empty && answer.text.trim() !== '' && (
          <PlayLink text={answer.text} world={world.value} play={play} t={t.check} />
        )}
        {empty ? (
          <>
            <ul class="examples" aria-label={t.check.examples}>
              {examples.map((example) => (
                <li key={example.id}>
                  <button type="button" onClick={() => (text.value = example.text)}>
                    <b>{t.check.exampleTitles[example.id].title}</b>
                    <span class="soft">{t.check.exampleTitles[example.id].text}</span>
                  </button>
                </li>
              ))}
            </ul>
            {file?.about && <p class="soft">{t.check.about(file.name, file.about)}</p>}
          </>
        ) : (
          <Findings
            found={found}
            lit={lit.value}
            t={t.check}
            about={t.errors.about}
            onVisit={(id) => (lit.value = id)}
            onFix={(fix) => {
              text.value = applyEdits(text.value, fix.edits);
              // The button goes with its finding; who pressed it by key is not to be lost with it.
              verdictLine.current?.focus();
            }}
          />
        )}
      </section>
    </div>
  );
}
