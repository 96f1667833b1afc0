import { useLayoutEffect, useRef } from 'preact/hooks';
import { type EditorProps, markersAt } from './marker';
import { replaceText } from './replace-text';
import { useHints } from './use-hints';
import { YamlLines } from './YamlLines';

/** A textarea over its own coloured copy: the editor of small screens, and where the full one does not load. */
export function PlainEditor({ label, value, markers, lit, assistance, onChange, onVisit }: EditorProps) {
  const copy = useRef<HTMLPreElement>(null);
  const field = useRef<HTMLTextAreaElement>(null);
  const first = useRef(value);
  const hints = useHints(value, assistance);
  useLayoutEffect(() => {
    if (field.current) replaceText(field.current, value);
  }, [value]);
  const visit = (area: HTMLTextAreaElement) => {
    const before = area.value.slice(0, area.selectionStart).split('\n');
    onVisit?.(markersAt(markers, before.length - 1, before.at(-1)?.length ?? 0));
  };
  return (
    <div class="plain-editor code">
      <pre ref={copy} aria-hidden="true">
        <YamlLines text={value} markers={markers} lit={lit} hints={hints} />
      </pre>
      <textarea
        ref={field}
        aria-label={label}
        spellcheck={false}
        autocapitalize="off"
        autocomplete="off"
        wrap="off"
        defaultValue={first.current}
        onInput={(event) => onChange(event.currentTarget.value)}
        onScroll={(event) => {
          const { scrollTop, scrollLeft } = event.currentTarget;
          copy.current?.scrollTo(scrollLeft, scrollTop);
        }}
        onKeyUp={(event) => visit(event.currentTarget)}
        onClick={(event) => visit(event.currentTarget)}
      />
    </div>
  );
}
