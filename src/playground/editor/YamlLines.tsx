import { type Segment, highlightLine } from './highlight';
import type { Marker } from './marker';

interface Props {
  readonly text: string;
  readonly markers?: readonly Marker[];
  readonly lit?: string;
  /** Whole lines to point at, counted from 0. */
  readonly markedLines?: readonly number[];
  /** What the server will fill in, by line. */
  readonly hints?: ReadonlyMap<number, string>;
}

/** YAML as coloured lines with numbers (by CSS). Underlines markers at their exact characters. */
export function YamlLines({ text, markers = [], lit, markedLines = [], hints }: Props) {
  return (
    <>
      {text.split('\n').map((line, number) => (
        <span class={markedLines.includes(number) ? 'line marked' : 'line'} key={number}>
          {paint(highlightLine(line), number, markers, lit)}
          {hints?.has(number) && <span class="filled-hint">{hints.get(number)}</span>}
          {'\n'}
        </span>
      ))}
    </>
  );
}

/** Cuts the coloured segments of a line where markers begin and end. */
function paint(segments: readonly Segment[], line: number, markers: readonly Marker[], lit: string | undefined) {
  const here = markers.filter(({ range }) => range.start.line <= line && range.end.line >= line);
  let column = 0;
  return segments.flatMap((segment) => {
    const start = column;
    const end = (column += segment.text.length);
    const cuts = new Set([start, end]);
    for (const { range } of here) {
      const from = range.start.line === line ? range.start.character : 0;
      const to = range.end.line === line ? range.end.character : end;
      for (const cut of [from, to]) if (cut > start && cut < end) cuts.add(cut);
    }
    const edges = [...cuts].sort((a, b) => a - b);
    return edges.slice(0, -1).map((from, i) => {
      const to = edges[i + 1] ?? end;
      const on = here.filter(({ range }) => covers(range.start, range.end, line, from, to));
      const classes = [segment.kind, ...on.map((marker) => `under ${marker.severity}`)];
      if (on.some((marker) => marker.id === lit)) classes.push('lit');
      return (
        <span key={`${line}:${from}`} class={classes.join(' ')}>
          {segment.text.slice(from - start, to - start)}
        </span>
      );
    });
  });
}

interface Point {
  readonly line: number;
  readonly character: number;
}

function covers(start: Point, end: Point, line: number, from: number, to: number): boolean {
  const begins = start.line < line || start.character <= from;
  const ends = end.line > line || end.character >= to;
  return begins && ends;
}
