/**
 * Fills lines of at most `limit` characters; empty lines, lists, code and what follows a colon begin anew. Upstream:
 * kubectl/pkg/explain/formatter.go `wrapString`.
 */
export function wrapParagraphs(text: string, limit: number): string[] {
  const lines: string[] = [];
  let words: string[] = [];
  const flush = () => {
    if (words.length > 0) lines.push(words.join(' '));
    words = [];
  };
  for (const line of text.split('\n')) {
    const bare = line.trim();
    if (line.startsWith('    ')) {
      flush();
      lines.push(line);
      continue;
    }
    if (lines.length > 0 && bare === '') {
      flush();
      lines.push('');
      continue;
    }
    if (words.at(-1)?.endsWith(':') || bare === '' || /^(\d+\.?|-|\*)\s/.test(bare)) flush();
    for (const word of bare.split(/\s+/).filter((one) => one !== '')) {
      if (words.length > 0 && [...words, word].join(' ').length > limit) flush();
      words.push(word);
    }
  }
  flush();
  return lines;
}
