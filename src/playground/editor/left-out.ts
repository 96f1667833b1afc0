/**
 * What stands in the place of Monaco's parts that no page of this site shows: the editors of differences, and the row of buttons
 * for proposals between the letters. astro.config.mjs puts it there; it keeps 40 KB out of the first visit.
 */
export const DiffEditorWidget = Object;
export const MultiDiffEditorWidget = Object;
export const InlineSuggestionHintsContentWidget = { dropDownVisible: false };
