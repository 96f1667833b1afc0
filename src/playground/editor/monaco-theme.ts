import type { monaco as Monaco } from './monaco-parts';

const themes = { light: 'portbound-light', dark: 'portbound-dark' } as const;

/** The editor in the page's colours. Returns the way to ask which theme holds now. */
export function defineThemes(monaco: typeof Monaco): () => string {
  monaco.editor.defineTheme(themes.light, {
    base: 'vs',
    inherit: true,
    rules: [
      { token: 'type.yaml', foreground: '1f5fae' },
      { token: 'string.yaml', foreground: '0b7a5c' },
      { token: 'number.yaml', foreground: '0b7a5c' },
      { token: 'keyword.yaml', foreground: '6b4fa3' },
      { token: 'comment.yaml', foreground: '555d66' },
    ],
    colors: {
      'editor.background': '#ffffff',
      'editor.foreground': '#1d2126',
      'editorLineNumber.foreground': '#6b727a',
      'editorLineNumber.activeForeground': '#1d2126',
      'editorError.foreground': '#b3261e',
      'editorWarning.foreground': '#9a5b00',
      'editorInfo.foreground': '#6b4fa3',
      focusBorder: '#1a56c4',
      'editor.findMatchBackground': '#f6dda9',
      'editor.findMatchHighlightBackground': '#f7ecd0',
      'editorSuggestWidget.selectedBackground': '#dfe8f7',
      'editorSuggestWidget.selectedForeground': '#1d2126',
      'editorSuggestWidget.highlightForeground': '#1a56c4',
      'editorSuggestWidget.focusHighlightForeground': '#1a56c4',
      'textLink.foreground': '#1a56c4',
    },
  });
  monaco.editor.defineTheme(themes.dark, {
    base: 'vs-dark',
    inherit: true,
    rules: [
      { token: 'type.yaml', foreground: '7db3ff' },
      { token: 'string.yaml', foreground: '5fd0a8' },
      { token: 'number.yaml', foreground: '5fd0a8' },
      { token: 'keyword.yaml', foreground: 'c3a8f5' },
      { token: 'comment.yaml', foreground: 'a7afb8' },
    ],
    colors: {
      'editor.background': '#1b1f24',
      'editor.foreground': '#e8e6e1',
      'editorLineNumber.foreground': '#959da6',
      'editorLineNumber.activeForeground': '#e8e6e1',
      'editorError.foreground': '#ff8a80',
      'editorWarning.foreground': '#f0b35a',
      'editorInfo.foreground': '#c3a8f5',
      focusBorder: '#8ab4ff',
      'editor.findMatchBackground': '#5c4516',
      'editor.findMatchHighlightBackground': '#3f3522',
      'editorSuggestWidget.selectedBackground': '#2b3a52',
      'editorSuggestWidget.selectedForeground': '#e8e6e1',
      'editorSuggestWidget.highlightForeground': '#8ab4ff',
      'editorSuggestWidget.focusHighlightForeground': '#8ab4ff',
      'textLink.foreground': '#8ab4ff',
    },
  });
  return () => {
    const chosen = document.documentElement.dataset.theme;
    const dark = chosen === undefined ? matchMedia('(prefers-color-scheme: dark)').matches : chosen === 'dark';
    return dark ? themes.dark : themes.light;
  };
}
