/**
 * What stands in the place of Monaco's parts that no page of this site shows: editors of differences, buttons for proposals
 * between the letters, the palette of commands, ways to definitions and the trees and lists of both, hints of its own (ours are
 * decorations). astro.config.mjs puts it there; it keeps over 100 KB out of what the playground fetches.
 */
class LeftOut {
  readonly leftOut = true;
}

export const DiffEditorWidget = LeftOut;
export const MultiDiffEditorWidget = LeftOut;
export const InlineSuggestionHintsContentWidget = { dropDownVisible: false };
export const InlayHintsHover = LeftOut;
export const GotoDefinitionAtPositionEditorContribution = { get: () => undefined };
export const StandaloneQuickInputService = LeftOut;
export const ListService = LeftOut;
export const IListService = LeftOut;
