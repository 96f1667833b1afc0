import type { Choice } from '@/assist/choice';
import type { Language } from '../language/room';
import type { Strings } from '../strings';
import type { Assistance } from './assistance';
import { factsMarkdown } from './language-words';
import { monaco } from './monaco-parts';
import { monacoRange } from './monaco-fixes';

type Model = ReturnType<typeof monaco.editor.createModel>;
type Item = ReturnType<typeof itemOf>;

/** Whom to ask about a text. The newest wins: the world and the words may change. */
const asked = new WeakMap<Model, Assistance>();
const choices = new WeakMap<object, Choice>();
let registered = false;

/** A longer text than this, in characters, is edited without help: nothing that is asked at every key may take its time. */
const longest = 300_000;

/** Choices, facts and formatting for a text. */
export function assist(model: Model, assistance: Assistance): void {
  asked.set(model, assistance);
  if (registered) return;
  registered = true;
  const { languages } = monaco;
  languages.registerCompletionItemProvider('yaml', {
    triggerCharacters: [' '],
    async provideCompletionItems(text, position) {
      const given = helpFor(text);
      if (!given) return { suggestions: [] };
      const found = await answer(given, (language) =>
        language.choices(text.getValue(), positionOf(position), {
          kubernetes: given.kubernetes,
          nodeNames: given.nodeNames,
        }),
      );
      return { suggestions: (found ?? []).map((choice, i) => itemOf(choice, i, given)) };
    },
    async resolveCompletionItem(item) {
      const choice = choices.get(item);
      const { of } = choice ?? {};
      const given = of && assistanceOf.get(item);
      const text = given && of && (await answer(given, (language) => language.description(of, given.kubernetes)));
      return text === undefined ? item : { ...item, documentation: { value: text } };
    },
  });
  languages.registerHoverProvider('yaml', {
    async provideHover(text, position) {
      const given = helpFor(text);
      if (!given) return undefined;
      const facts = await answer(given, (language) =>
        language.facts(text.getValue(), positionOf(position), given.kubernetes),
      );
      if (!facts) return undefined;
      const { of } = facts;
      const description = of && (await answer(given, (language) => language.description(of, given.kubernetes)));
      return { range: monacoRange(facts.range), contents: factsMarkdown(facts, description, given.words) };
    },
  });
  languages.registerDocumentFormattingEditProvider('yaml', {
    async provideDocumentFormattingEdits(text) {
      const given = helpFor(text);
      const result = given && (await answer(given, (language) => language.format(text.getValue())));
      return result === undefined ? [] : [{ range: text.getFullModelRange(), text: result }];
    },
  });
  // Monaco's own keys for this are Ctrl+Shift+I on Linux, which a browser keeps for its developer tools.
  monaco.editor.addKeybindingRule({
    keybinding: monaco.KeyMod.Shift | monaco.KeyMod.Alt | monaco.KeyCode.KeyF,
    command: 'editor.action.formatDocument',
    when: 'editorTextFocus && !editorReadonly',
  });
}

function helpFor(text: Model): Assistance | undefined {
  return text.getValueLength() > longest ? undefined : asked.get(text);
}

/** Nothing where the one asked cannot be fetched or breaks down: an editor without hints is an editor still. */
async function answer<T>(
  { language }: Assistance,
  question: (language: Language) => Promise<T>,
): Promise<T | undefined> {
  try {
    return await question(language);
  } catch {
    return undefined;
  }
}

const assistanceOf = new WeakMap<object, Assistance>();

function itemOf(choice: Choice, order: number, given: Assistance) {
  const { CompletionItemKind, CompletionItemInsertTextRule } = monaco.languages;
  const kinds = {
    field: CompletionItemKind.Field,
    item: CompletionItemKind.Struct,
    value: CompletionItemKind.Value,
    object: CompletionItemKind.Class,
    part: CompletionItemKind.Snippet,
  };
  const item = {
    label: { label: choice.label, description: labelDetail(choice, given.words) },
    kind: kinds[choice.sort],
    sortText: String(order).padStart(4, '0'),
    insertText: choice.insert,
    // Lines are indented as they will stand already.
    insertTextRules: CompletionItemInsertTextRule.InsertAsSnippet | CompletionItemInsertTextRule.KeepWhitespace,
    range: monacoRange(choice.range),
    additionalTextEdits: choice.also?.map((edit) => ({ range: monacoRange(edit.range), text: edit.newText })),
    ...(choice.more ? { command: { id: 'editor.action.triggerSuggest', title: '' } } : {}),
  };
  choices.set(item, choice);
  assistanceOf.set(item, given);
  return item;
}

function labelDetail({ detail = '', required = false }: Choice, words: Strings['editor']): string {
  return [required ? words.required : '', detail].filter(Boolean).join(' · ');
}

function positionOf({ lineNumber, column }: { lineNumber: number; column: number }) {
  return { line: lineNumber - 1, character: column - 1 };
}

export type { Item };
