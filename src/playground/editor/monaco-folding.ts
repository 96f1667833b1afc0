import { FoldingModel, type Regions } from 'monaco-editor/editor/contrib/folding/browser/foldingModel';

const update = FoldingModel.prototype.updatePost;

/**
 * The folds of a text are sought anew after every key, and with few keys they become others. Monaco takes all of them out and
 * puts them in again, which paints the text once more; here they stay where they are as long as they are the same.
 */
FoldingModel.prototype.updatePost = function (found) {
  if (!isSame(this.regions, found) || !standThere(this, found)) update.call(this, found);
};

function isSame(one: Regions, other: Regions): boolean {
  if (one.length !== other.length) return false;
  for (let i = 0; i < one.length; i++) if (foldOf(one, i) !== foldOf(other, i)) return false;
  return true;
}

function foldOf(regions: Regions, i: number): string {
  return [
    regions.getStartLineNumber(i),
    regions.getEndLineNumber(i),
    regions.isCollapsed(i),
    regions.getSource(i),
    regions.getType(i),
  ].join(' ');
}

/** Whether what is drawn of the folds is on their lines still. */
function standThere({ textModel, _editorDecorationIds: ids }: FoldingModel, regions: Regions): boolean {
  return ids.every((id, i) => {
    const range = textModel.getDecorationRange(id);
    return (
      range?.startLineNumber === regions.getStartLineNumber(i) && range.endLineNumber === regions.getEndLineNumber(i)
    );
  });
}
