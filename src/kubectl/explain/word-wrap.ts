// What Go's unicode.IsSpace knows but the line feed; the no-break space holds words together.
const space = /[\t\v\f\r \u0085\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]/u;

/**
 * Breaks lines at white space so that they have at most `limit` characters, as github.com/mitchellh/go-wordwrap does
 * (kubectl/pkg/util/term/term_writer.go): a word as long as a line or longer stays where it stands, and the spaces at
 * which a line breaks are lost.
 */
export function wordWrap(text: string, limit: number): string {
  return text
    .split('\n')
    .map((line) => wrapLine(line, limit))
    .join('\n');
}

function wrapLine(line: string, limit: number): string {
  let out = '';
  let column = 0;
  // Spaces and words by turns; the first piece is a (perhaps empty) run of spaces.
  let gap = '';
  for (const piece of line.match(new RegExp(`${space.source}+|[^${space.source.slice(1)}+`, 'gu')) ?? []) {
    if (space.test(piece)) {
      gap = piece;
      continue;
    }
    const length = [...piece].length;
    // The library looks after every character, so that a long word breaks the line before it reaches the limit.
    const reach = Math.min(length, limit - 1);
    if (column + gap.length + reach > limit) {
      out += `\n${piece}`;
      column = length;
    } else {
      out += gap + piece;
      column += gap.length + length;
    }
    gap = '';
  }
  return column + gap.length <= limit ? out + gap : out;
}
