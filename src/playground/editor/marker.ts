import type { Range, TextEdit } from '@/manifest/manifest';
import type { Assistance } from './assistance';

/** A lesson of the site. */
export interface LessonLink {
  readonly title: string;
  readonly href: string;
}

/** A finding as an editor shows it: a range underlined, and words for it. */
export interface Marker {
  readonly id: string;
  readonly range: Range;
  readonly severity: 'error' | 'warning' | 'info';
  readonly message: string;
  /** Who says it: `API server`. */
  readonly source: string;
  /** The lesson that explains it. */
  readonly lesson?: LessonLink;
  /** The page about what is said. */
  readonly page?: { readonly href: string };
  /** Edits that would answer it, each with its name. */
  readonly fixes: readonly { readonly title: string; readonly edits: readonly TextEdit[] }[];
}

/** What any editor of the page is given. Lines and characters count from 0. */
export interface EditorProps {
  readonly label: string;
  /** The name of the file, where there are several: each keeps its own history of changes. */
  readonly file?: string;
  readonly value: string;
  /** Shown in the place of an empty text. */
  readonly placeholder?: string;
  readonly markers: readonly Marker[];
  /** The marker that is being looked at elsewhere on the page. */
  readonly lit?: string;
  /** Whom the full editor asks about the text; without it, it only shows and edits. */
  readonly assistance?: Assistance;
  readonly onChange: (text: string) => void;
  /** The pointer or the cursor is on these markers now. */
  readonly onVisit?: (ids: readonly string[]) => void;
}

/** The markers whose range holds a position. */
export function markersAt(markers: readonly Marker[], line: number, character: number): string[] {
  return markers
    .filter(({ range: { start, end } }) => {
      const after = line > start.line || (line === start.line && character >= start.character);
      const before = line < end.line || (line === end.line && character <= end.character);
      return after && before;
    })
    .map((marker) => marker.id);
}
