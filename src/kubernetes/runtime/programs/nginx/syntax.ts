/** What nginx refuses to start with: the text behind `[emerg]`, its place at the end where it has one. */
export class ConfigurationError extends Error {}

/** Words up to `;`, `{` or `}`, or the end of the file, and the line on which that stands: nginx names it in errors. */
export interface Statement {
  readonly words: readonly string[];
  readonly end: ';' | '{' | '}' | '';
  readonly line: number;
}

/**
 * The statements of a configuration file, one after another. `where` gives the place of an error by its line.
 * Upstream: src/core/ngx_conf_file.c `ngx_conf_read_token`.
 */
export function* statements(text: string, where: (line: number) => string): Generator<Statement> {
  let line = 1;
  let words: string[] = [];
  let at = 0;
  const fail = (problem: string): never => {
    throw new ConfigurationError(`${problem} in ${where(line)}`);
  };
  while (at < text.length) {
    const char = text[at] ?? '';
    if (char === '\n') line++;
    if (/\s/.test(char)) at++;
    else if (char === '#') while (at < text.length && text[at] !== '\n') at++;
    else if (char === ';' || char === '{' || char === '}') {
      if (char === '}' ? words.length > 0 : words.length === 0) fail(`unexpected "${char}"`);
      at++;
      yield { words, end: char, line };
      words = [];
    } else if (char === '"' || char === "'") words.push(quoted(char));
    else words.push(bare());
  }
  if (words.length > 0) fail('unexpected end of file, expecting ";" or "}"');
  yield { words, end: '', line };

  function quoted(quote: string): string {
    let word = '';
    for (at++; text[at] !== quote; at++) {
      if (at >= text.length) fail('unexpected end of file, expecting ";" or "}"');
      if (text[at] === '\n') line++;
      word += text[at] === '\\' ? escaped() : (text[at] ?? '');
    }
    const next = text[++at] ?? '';
    if (!/^[\s;{)]?$/.test(next)) fail(`unexpected "${next}"`);
    return word;
  }

  function bare(): string {
    let word = '';
    for (; at < text.length && !/[\s;{]/.test(text[at] ?? ''); at++) {
      word += text[at] === '\\' ? escaped() : (text[at] ?? '');
      // The brace of a variable opens no block.
      if (text[at] === '$' && text[at + 1] === '{') word += text[++at] ?? '';
    }
    return word;
  }

  function escaped(): string {
    const next = text[++at] ?? '';
    return { n: '\n', t: '\t', r: '\r', '"': '"', "'": "'", '\\': '\\' }[next] ?? `\\${next}`;
  }
}
