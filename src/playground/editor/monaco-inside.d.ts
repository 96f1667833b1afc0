// What this site touches inside Monaco, which has no types for it.

declare module 'monaco-editor/editor/contrib/folding/browser/foldingModel' {
  import type { editor } from 'monaco-editor/editor';

  /** The folds of a text, in the order of their lines. */
  export interface Regions {
    readonly length: number;
    getStartLineNumber(index: number): number;
    getEndLineNumber(index: number): number;
    isCollapsed(index: number): boolean;
    getSource(index: number): number;
    getType(index: number): string | undefined;
  }

  export class FoldingModel {
    readonly regions: Regions;
    readonly textModel: editor.ITextModel;
    /** The decorations of the folds, in their order. */
    readonly _editorDecorationIds: readonly string[];
    updatePost(regions: Regions): void;
  }
}
