import { useEffect, useMemo, useRef } from 'preact/hooks';
import { Fetched } from './Fetched';
import { Banner } from './panes/Banner';
import { ClusterPane } from './panes/ClusterPane';
import { EditorPane } from './panes/EditorPane';
import { Splitter } from './panes/Splitter';
import { TerminalPane } from './panes/TerminalPane';
import { TimeBar } from './panes/TimeBar';
import { WhyPane } from './panes/WhyPane';
import { GoalsPane } from './panes/GoalsPane';
import { EngineLost } from './session/engine-host';
import type { Goal } from './session/goals';
import { fetchEditor, hasRoom } from './editor/fetch-editor';
import { useChecks } from './editor/use-checks';
import { openFiles } from './files/open-files';
import { useDraft } from './files/use-draft';
import { useDropped } from './files/use-dropped';
import { type Board, type PlaygroundProps, type Tab, createBoard } from './state';
import { type Strings, en } from './strings';

const loadLook = () => import('./panes/LookPanel');
const loadSheet = () => import('./PrintSheet');
const loadComparison = () => import('./panes/Comparison');

const tabs: readonly Tab[] = ['edit', 'cluster', 'terminal', 'why'];

/** The parts of a playground. */
export type Part = Tab | 'time' | 'compare';

/** A playground inside another page: lower, and with the goals of an exercise. */
export interface EmbeddedProps extends PlaygroundProps {
  readonly embedded?: boolean;
  readonly goals?: readonly Goal[];
  /** The parts that are shown; left out: all but the comparison, which has its button. */
  readonly show?: readonly Part[];
}

/** The whole playground: editor, cluster, terminal, reasons and clock, around one session. */
export default function Playground(props: EmbeddedProps) {
  const t = en;
  const board = useMemo(() => createBoard(props, t), []);
  const shows = (part: Part) => props.show?.includes(part) ?? part !== 'compare';
  useDraft(board, props, !props.embedded, t);
  useDropped(!props.embedded, (files) => openFiles(board, files, t));
  // A page of its own fetches its editor while it wakes up, not when it is awake.
  useMemo(() => {
    if (!props.embedded && typeof document !== 'undefined' && hasRoom()) void fetchEditor().catch(() => undefined);
  }, []);
  // A page of its own may be asked for something else by its address: it makes the engine when it has looked.
  useEffect(() => {
    if (props.embedded) void board.session.ready();
    addEventListener('unhandledrejection', forgiveLost);
    return () => removeEventListener('unhandledrejection', forgiveLost);
  }, []);
  const root = useRef<HTMLDivElement>(null);
  useChecks(board, props, t);
  const kind = props.show ? 'playground embedded partial' : props.embedded ? 'playground embedded' : 'playground';
  return (
    <div class={kind} data-tab={board.tab.value} ref={root}>
      {!props.show && <Tabs board={board} t={t} />}
      {shows('edit') && <EditorPane board={board} t={t} />}
      {!props.show && <Splitter root={root} name="editor" label={t.play.resize} axis="x" />}
      {shows('cluster') && <ClusterPane board={board} t={t} />}
      {shows('why') && <WhyPane board={board} lessons={props.lessons} errors={props.errors} t={t} />}
      {!props.show && <Splitter root={root} name="terminal" label={t.play.resizeRow} axis="y" />}
      {shows('terminal') && <TerminalPane board={board} t={t} />}
      {shows('compare') && (
        <section class="pane compare">
          <Fetched load={loadComparison} given={{ board, t }} />
        </section>
      )}
      {props.goals && <GoalsPane board={board} goals={props.goals} t={t} />}
      {shows('time') && <TimeBar board={board} t={t} />}
      {board.looked.value && <Fetched load={loadLook} given={{ board, errors: props.errors, t }} />}
      <Banner board={board} t={t} />
      {!props.embedded && <Fetched load={loadSheet} given={{ board, t }} />}
    </div>
  );
}

/** The way from one pane to another where there is no room for all. */
function Tabs({ board, t }: { readonly board: Board; readonly t: Strings }) {
  return (
    <div class="bench">
      <nav class="tabs" aria-label={t.play.panes}>
        {tabs.map((tab) => (
          <button
            key={tab}
            type="button"
            data-tab={tab}
            aria-pressed={board.tab.value === tab}
            onClick={() => (board.tab.value = tab)}
          >
            {t.play[tab]}
          </button>
        ))}
      </nav>
    </div>
  );
}

/** Whatever else was asked of an engine that was stopped is asked again of the new one; where it was stopped, it is told. */
function forgiveLost(event: PromiseRejectionEvent): void {
  if (event.reason instanceof EngineLost) event.preventDefault();
}
