import { monaco } from './monaco-parts';

type Model = ReturnType<typeof monaco.editor.createModel>;

/** The texts of the editor by file name: each keeps its own history of changes, its folds and its cursor. */
export class Models {
  private readonly byFile = new Map<string, Model>();
  /** The one that is seen. */
  seen: Model;

  constructor(file: string, text: string) {
    this.seen = this.open(file, text);
  }

  /** A text that came from elsewhere than the keyboard is a change that can be taken back. */
  show(file: string, text: string): void {
    this.seen = this.byFile.get(file) ?? this.open(file, text);
    if (this.seen.getValue() === text) return;
    // A step of its own: what came before it is not taken back with it.
    this.seen.pushStackElement();
    this.seen.pushEditOperations([], [{ range: this.seen.getFullModelRange(), text }], () => null);
    this.seen.pushStackElement();
  }

  dispose(): void {
    for (const model of this.byFile.values()) model.dispose();
  }

  private open(file: string, text: string): Model {
    const model = monaco.editor.createModel(text, 'yaml');
    // The editor's own option colours no brackets; only the model's keeps it from looking for them at every key.
    const bracketColorizationOptions = { enabled: false, independentColorPoolPerBracketType: false };
    model.updateOptions({ tabSize: 2, insertSpaces: true, bracketColorizationOptions });
    this.byFile.set(file, model);
    return model;
  }
}
