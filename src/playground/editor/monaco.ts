import { type EditorProps, type LessonLink, type Marker, markersAt } from './marker';
import { monaco } from './monaco-parts';
import { monacoRange, offerFixes } from './monaco-fixes';
import { assist } from './monaco-language';
import { defineThemes } from './monaco-theme';
import { Hints } from './monaco-hints';
import { Models } from './monaco-models';

/** The full editor, as the rest of the page knows it. */
export interface FullEditor {
  show(file: string, value: string, markers: readonly Marker[], lit: string | undefined): void;
  dispose(): void;
}

/** Puts Monaco into `box`. `latest` always holds the newest props, so that handlers need not be renewed. */
export function createEditor(box: HTMLElement, latest: { readonly current: EditorProps }): FullEditor {
  const pickTheme = defineThemes(monaco);
  const editor = monaco.editor.create(box, {
    model: null,
    theme: pickTheme(),
    ariaLabel: latest.current.label,
    automaticLayout: true,
    minimap: { enabled: false },
    bracketPairColorization: { enabled: false },
    scrollBeyondLastLine: false,
    scrollBeyondLastColumn: 1,
    fontFamily: getComputedStyle(document.documentElement).getPropertyValue('--mono'),
    fontSize: 13.5,
    lineHeight: 21,
    tabSize: 2,
    lineNumbersMinChars: 3,
    renderFinalNewline: 'off',
    renderLineHighlight: 'none',
    occurrencesHighlight: 'off',
    overviewRulerLanes: 0,
    padding: { top: 12, bottom: 12 },
    fixedOverflowWidgets: true,
    // Quick fixes are found by Ctrl+. and over a finding; a lamp would stand over the text.
    lightbulb: { enabled: monaco.editor.ShowLightbulbIconMode.Off },
    // Tab leaves the editor, so that nobody is caught in it; Ctrl+M changes that.
    tabFocusMode: true,
    // What the server knows is offered, not words that happen to stand in the text.
    wordBasedSuggestions: 'off',
    // Values are offered behind the blank; names while they are typed.
    quickSuggestions: { other: true, strings: false, comments: false },
    // A list that came by itself takes no Enter away from who types on; what is chosen by an arrow is taken.
    suggest: { showWords: false, preview: false, showStatusBar: false, selectionMode: 'never' },
    // Who does not use these pays for them at every key.
    links: false,
    matchBrackets: 'never',
    colorDecorators: false,
    selectionHighlight: false,
    renderWhitespace: 'none',
    stickyScroll: { enabled: false },
    unicodeHighlight: { ambiguousCharacters: false, invisibleCharacters: false, nonBasicASCII: false },
  });
  // After the editor: as it is made, Monaco gives all texts the options that it has for them.
  const models = new Models(latest.current.file ?? '', latest.current.value);
  editor.setModel(models.seen);
  const lit = editor.createDecorationsCollection();
  let litMarker: Marker | undefined;
  const hints = new Hints(models.seen);
  let marked: readonly Marker[] | undefined;
  let markedModel = models.seen;
  let lastSaid = '';
  const visit = (position: { lineNumber: number; column: number } | null | undefined) => {
    const { markers, onVisit } = latest.current;
    onVisit?.(position ? markersAt(markers, position.lineNumber - 1, position.column - 1) : []);
  };
  editor.onDidChangeModelContent(() => {
    latest.current.onChange(editor.getValue());
    hints.changed();
  });
  editor.onMouseMove((event) => visit(event.target.position));
  editor.onMouseLeave(() => visit(undefined));
  editor.onDidChangeCursorPosition((event) => visit(event.position));
  const repaint = () => monaco.editor.setTheme(pickTheme());
  const system = matchMedia('(prefers-color-scheme: dark)');
  addEventListener('themechange', repaint);
  system.addEventListener('change', repaint);

  return {
    show(file, value, markers, litId) {
      models.show(file, value);
      if (editor.getModel() !== models.seen) editor.setModel(models.seen);
      // Marks move with the text until there are new ones: the old places are not put back.
      if (marked !== markers || markedModel !== models.seen) {
        offerFixes(models.seen, markers);
        // A key as a rule changes nothing of what is said: then the marks stay, and nothing is painted anew.
        const said = markers.map(saidOf).sort().join('\n');
        if (said !== lastSaid || markedModel !== models.seen || !isUnderlined(models.seen, markers))
          monaco.editor.setModelMarkers(models.seen, 'portbound', markers.map(markerData));
        lastSaid = said;
        [marked, markedModel] = [markers, models.seen];
      }
      const { assistance } = latest.current;
      if (assistance) assist(models.seen, assistance);
      hints.show(models.seen, assistance);
      const found = markers.find((marker) => marker.id === litId);
      if (found === litMarker) return;
      litMarker = found;
      lit.set(
        found ? [{ range: monacoRange(found.range), options: { className: 'lit-range', isWholeLine: false } }] : [],
      );
      if (found) editor.revealLineInCenterIfOutsideViewport(found.range.start.line + 1);
    },
    dispose() {
      removeEventListener('themechange', repaint);
      system.removeEventListener('change', repaint);
      hints.dispose();
      editor.dispose();
      models.dispose();
    },
  };
}

/** All of a marker that is seen. */
function saidOf({ range, severity, message, source, lesson }: Marker): string {
  return [placeOf(monacoRange(range)), severity, message, source, lesson?.href].join(' ');
}

/** Whether the marks of a text still stand where they belong. */
function isUnderlined(model: Models['seen'], wanted: readonly Marker[]): boolean {
  if (wanted.length === 0) return true;
  const marks = model.getAllDecorations().filter(({ options }) => options.className?.startsWith('squiggly') === true);
  const places = new Set(marks.map(({ range }) => placeOf(range)));
  return wanted.every(({ range }) => places.has(placeOf(monacoRange(range))));
}

function placeOf(range: { startLineNumber: number; startColumn: number; endLineNumber: number; endColumn: number }) {
  return `${range.startLineNumber}:${range.startColumn}-${range.endLineNumber}:${range.endColumn}`;
}

const addresses = new WeakMap<LessonLink, ReturnType<typeof monaco.Uri.parse>>();

function addressOf(lesson: LessonLink) {
  const address = addresses.get(lesson) ?? monaco.Uri.parse(new URL(lesson.href, location.href).href);
  addresses.set(lesson, address);
  return address;
}

function markerData(marker: Marker) {
  const range = monacoRange(marker.range);
  const severities = {
    error: monaco.MarkerSeverity.Error,
    warning: monaco.MarkerSeverity.Warning,
    info: monaco.MarkerSeverity.Info,
  };
  return {
    startLineNumber: range.startLineNumber,
    startColumn: range.startColumn,
    endLineNumber: range.endLineNumber,
    endColumn: range.endColumn,
    severity: severities[marker.severity],
    message: marker.message,
    source: marker.source,
    // A link behind the words, in the hover and in the list of problems.
    ...(marker.lesson
      ? {
          code: {
            value: marker.lesson.title,
            target: addressOf(marker.lesson),
          },
        }
      : {}),
  };
}
