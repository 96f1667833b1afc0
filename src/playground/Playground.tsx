import { useEffect, useMemo, useRef } from 'preact/hooks';
import { Banner } from './panes/Banner';
import { ClusterPane } from './panes/ClusterPane';
import { EditorPane } from './panes/EditorPane';
import { LookPanel } from './panes/LookPanel';
import { Splitter } from './panes/Splitter';
import { TerminalPane } from './panes/TerminalPane';
import { TimeBar } from './panes/TimeBar';
import { WhyPane } from './panes/WhyPane';
import { GoalsPane } from './panes/GoalsPane';
import { EngineLost } from './session/engine-host';
import type { Goal } from './session/goals';
import { useChecks } from './editor/use-checks';
import { useDraft } from './files/use-draft';
import { type PlaygroundProps, type Tab, createBoard } from './state';
import { en } from './strings';

const tabs: readonly Tab[] = ['edit', 'cluster', 'terminal', 'why'];

/** A playground inside another page: lower, and with the goals of an exercise. */
export interface EmbeddedProps extends PlaygroundProps {
  readonly embedded?: boolean;
  readonly goals?: readonly Goal[];
}

/** The whole playground: editor, cluster, terminal, reasons and clock, around one session. */
export default function Playground(props: EmbeddedProps) {
  const t = en;
  const board = useMemo(() => createBoard(props, t), []);
  useDraft(board, props, !props.embedded, t);
  // A page of its own may be asked for something else by its address: it makes the engine when it has looked.
  useEffect(() => {
    if (props.embedded) void board.session.ready();
    addEventListener('unhandledrejection', forgiveLost);
    return () => removeEventListener('unhandledrejection', forgiveLost);
  }, []);
  const root = useRef<HTMLDivElement>(null);
  useChecks(board, props.lessons, t);
  return (
    <div class={props.embedded ? 'playground embedded' : 'playground'} data-tab={board.tab.value} ref={root}>
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
      <EditorPane board={board} t={t} />
      <Splitter root={root} name="editor" label={t.play.resize} axis="x" />
      <ClusterPane board={board} t={t} />
      <WhyPane board={board} lessons={props.lessons} t={t} />
      <Splitter root={root} name="terminal" label={t.play.resizeRow} axis="y" />
      <TerminalPane board={board} t={t} />
      {props.goals && <GoalsPane board={board} goals={props.goals} t={t} />}
      <TimeBar board={board} t={t} />
      <LookPanel board={board} t={t} />
      <Banner board={board} t={t} />
    </div>
  );
}

/** Whatever else was asked of an engine that was stopped is asked again of the new one; where it was stopped, it is told. */
function forgiveLost(event: PromiseRejectionEvent): void {
  if (event.reason instanceof EngineLost) event.preventDefault();
}
