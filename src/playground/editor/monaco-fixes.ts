import type { Range } from '@/manifest/manifest';
import type { Marker } from './marker';
import { monaco } from './monaco-parts';

type Model = ReturnType<typeof monaco.editor.createModel>;

/** The fixes of a text, and the version of it that they are edits of. */
const offered = new WeakMap<Model, { readonly markers: readonly Marker[]; readonly version: number }>();
let registered = false;

/** The fixes of a text's findings as the editor's quick fixes (Ctrl+. or the menu), each of them one step of its history. */
export function offerFixes(model: Model, markers: readonly Marker[]): void {
  offered.set(model, { markers, version: model.getVersionId() });
  if (registered) return;
  registered = true;
  monaco.languages.registerCodeActionProvider(
    'yaml',
    {
      provideCodeActions(asked, range) {
        const offer = offered.get(asked);
        const markers = offer?.version === asked.getVersionId() ? offer.markers : [];
        const here = markers.filter((marker) => range.intersectRanges(monacoRange(marker.range)));
        const actions = here.flatMap(({ fixes }) =>
          fixes.map(({ title, edits }) => ({
            title,
            kind: 'quickfix',
            isPreferred: here.length === 1 && fixes.length === 1,
            edit: {
              edits: edits.map((edit) => ({
                resource: asked.uri,
                versionId: asked.getVersionId(),
                textEdit: { range: monacoRange(edit.range), text: edit.newText },
              })),
            },
          })),
        );
        return { actions, dispose: () => undefined };
      },
    },
    { providedCodeActionKinds: ['quickfix'] },
  );
}

/** Lines and characters count from 1 there. */
export function monacoRange({ start, end }: Range) {
  return new monaco.Range(start.line + 1, start.character + 1, end.line + 1, end.character + 1);
}
