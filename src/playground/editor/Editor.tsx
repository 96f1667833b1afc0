import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { fetchEditor, hasRoom } from './fetch-editor';
import { PlainEditor } from './PlainEditor';
import { YamlLines } from './YamlLines';
import type { EditorProps } from './marker';
import type { FullEditor } from './monaco';

type Stage = 'static' | 'plain' | 'full';

/**
 * The manifest editor. At first the text stands there as coloured lines; when it is reached, the full editor is
 * fetched and takes its place. Small screens, and pages where it cannot be fetched, get a plain one.
 */
export function Editor(props: EditorProps) {
  const frame = useRef<HTMLDivElement>(null);
  const box = useRef<HTMLDivElement>(null);
  const editor = useRef<FullEditor>();
  const latest = useRef(props);
  latest.current = props;
  const [stage, setStage] = useState<Stage>('static');

  useEffect(() => {
    if (!hasRoom()) {
      setStage('plain');
      return undefined;
    }
    let gone = false;
    const load = async () => {
      try {
        const { createEditor } = await fetchEditor();
        if (gone || !box.current) return;
        editor.current = createEditor(box.current, latest);
        setStage('full');
      } catch {
        if (!gone) setStage('plain');
      }
    };
    const reached = new IntersectionObserver((entries) => {
      if (!entries.some((entry) => entry.isIntersecting)) return;
      reached.disconnect();
      void load();
    });
    if (frame.current) reached.observe(frame.current);
    return () => {
      gone = true;
      reached.disconnect();
      editor.current?.dispose();
    };
  }, []);

  // At once, not after the next paint: by then another key may have been pressed, and an old text would undo it.
  useLayoutEffect(
    () => editor.current?.show(props.file ?? '', props.value, props.markers, props.lit),
    [props.file, props.value, props.markers, props.lit, props.assistance, stage],
  );

  return (
    <div class="editor" ref={frame} data-stage={stage}>
      {props.placeholder && props.value === '' && (
        <span class="placeholder" aria-hidden="true">
          {props.placeholder}
        </span>
      )}
      {stage === 'static' && (
        <pre class="code" tabIndex={0} role="region" aria-label={props.label}>
          <YamlLines text={props.value} markers={props.markers} lit={props.lit} />
        </pre>
      )}
      {stage === 'plain' && <PlainEditor {...props} />}
      {stage !== 'plain' && <div class="full-editor" ref={box} hidden={stage !== 'full'} />}
    </div>
  );
}
