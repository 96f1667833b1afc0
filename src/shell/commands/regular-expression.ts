const classes: Readonly<Record<string, string>> = {
  alpha: 'A-Za-z',
  digit: '0-9',
  alnum: 'A-Za-z0-9',
  upper: 'A-Z',
  lower: 'a-z',
  space: '\\s',
  blank: ' \\t',
  punct: '!-\\/:-@\\[-`{-~',
  xdigit: '0-9A-Fa-f',
};

/**
 * A POSIX regular expression in JavaScript's spelling. In the basic kind `( ) { } + ? |` are ordinary characters
 * unless a backslash stands before them; in the extended kind it is the other way round.
 */
export function extendedRegExp(pattern: string, kind: 'basic' | 'extended'): string {
  let out = '';
  for (let i = 0; i < pattern.length; i++) {
    const character = pattern[i] ?? '';
    if (character === '\\') {
      const next = pattern[++i] ?? '';
      if (kind === 'basic' && '(){}+?|'.includes(next)) out += next;
      else if (next === '<') out += '\\b(?=\\w)';
      else if (next === '>') out += '\\b(?<=\\w)';
      else if (/[\wbBsSnt]/.test(next)) out += /[1-9wWsSbBntd]/.test(next) ? `\\${next}` : next;
      else out += `\\${next === '' ? '\\' : next}`;
    } else if (character === '[') {
      const [text, end] = bracket(pattern, i);
      out += text;
      i = end;
    } else if (kind === 'basic' && '(){}+?|'.includes(character)) out += `\\${character}`;
    else if (character === '*' && (out === '' || out.endsWith('('))) out += '\\*';
    else if (kind === 'basic' && character === '^' && out !== '' && !/[(|]$/.test(out)) out += '\\^';
    else if (kind === 'basic' && character === '$' && i < pattern.length - 1 && !/^\\[)|]/.test(pattern.slice(i + 1)))
      out += '\\$';
    else if (kind === 'extended' && character === '{' && !/^\{\d*,?\d*\}/.test(pattern.slice(i))) out += '\\{';
    else out += character;
  }
  return out;
}

function bracket(pattern: string, start: number): [string, number] {
  let end = pattern.indexOf(']', pattern[start + 1] === '^' ? start + 3 : start + 2);
  while (end > 0 && /\[:[a-z]*:?$/.test(pattern.slice(start + 1, end))) end = pattern.indexOf(']', end + 1);
  if (end < 0) throw new SyntaxError('unmatched [');
  const inside = pattern
    .slice(start + 1, end)
    .replace(/\\/g, '\\\\')
    .replace(/[[\]]/g, '\\$&')
    .replace(/\\\[:([a-z]+):\\\]/g, (_all, name: string) => classes[name] ?? '');
  return [`[${inside}]`, end];
}
