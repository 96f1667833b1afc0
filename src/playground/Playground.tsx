import { useMemo, useRef } from 'preact/hooks';
import { ClusterPane } from './panes/ClusterPane';
import { EditorPane } from './panes/EditorPane';
import { Splitter } from './panes/Splitter';
import { TerminalPane } from './panes/TerminalPane';
import { TimeBar } from './panes/TimeBar';
import { WhyPane } from './panes/WhyPane';
import { useChecks } from './editor/use-checks';
import { type PlaygroundProps, type Tab, createBoard } from './state';
import { en } from './strings';

const tabs: readonly Tab[] = ['edit', 'cluster', 'terminal', 'why'];

/** The whole playground: editor, cluster, terminal, reasons and clock, around one session. */
export default function Playground(props: PlaygroundProps) {
  const t = en;
  const board = useMemo(() => createBoard(props), []);
  const root = useRef<HTMLDivElement>(null);
  useChecks(board, props.worlds, t);
  return (
    <div class="playground" data-tab={board.tab.value} ref={root}>
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
      <EditorPane board={board} presets={props.presets} t={t} />
      <Splitter root={root} name="editor" label={t.play.resize} axis="x" />
      <ClusterPane board={board} worlds={props.worlds} t={t} />
      <WhyPane board={board} t={t} />
      <Splitter root={root} name="terminal" label={t.play.resizeRow} axis="y" />
      <TerminalPane board={board} t={t} />
      <TimeBar board={board} t={t} />
    </div>
  );
}
