interface Place {
  /** Spaces before the key or dash that the scalar belongs to. */
  readonly indent: number;
  /** The column in which the scalar begins. */
  readonly column: number;
  readonly key: boolean;
}

const lineWidth = 80;

/**
 * A string in the style that go.yaml.in/yaml/v2 chooses: plain, single quoted where the text would be read as
 * something else, double quoted where it has characters that need escapes, literal where it has several lines.
 * Upstream: encode.go `stringv`, emitterc.go `yaml_emitter_analyze_scalar`, `yaml_emitter_select_scalar_style`.
 */
export function scalarText(text: string, place: Place): string {
  if (readsAsOther(text)) return doubleQuoted(text, place);
  if (text.includes('\n') && !place.key) {
    if (canBeBlock(text)) return literal(text, place.indent);
    return doubleQuoted(text, place);
  }
  if (hasSpecial(text)) return doubleQuoted(text, place);
  if (canBePlain(text)) return folded(text, place, (part) => part);
  if (!/\n/.test(text) && !/^ | $/.test(text) && text !== '') return singleQuoted(text, place);
  return text === '' ? '""' : singleOrDouble(text, place);
}

/** Texts that the YAML 1.1 resolver would not read as a string: encode.go quotes these with `"`. */
function readsAsOther(text: string): boolean {
  if (text === '') return true;
  if (/^(?:~|null|Null|NULL|<<)$/.test(text)) return true;
  if (/^(?:y|Y|yes|Yes|YES|n|N|no|No|NO|true|True|TRUE|false|False|FALSE|on|On|ON|off|Off|OFF)$/.test(text))
    return true;
  if (/^[-+]?(?:\.inf|\.Inf|\.INF)$|^(?:\.nan|\.NaN|\.NAN)$/.test(text)) return true;
  const plain = text.replaceAll('_', '');
  if (/^[-+]?(?:0b[01]+|0o?[0-7]+|0x[0-9a-fA-F]+|\d+)$/.test(plain) && /^[-+.\d]/.test(text)) return true;
  if (/^[-+]?(?:\.\d+|\d+(?:\.\d*)?)(?:[eE][-+]?\d+)?$/.test(plain) && /^[-+.\d]/.test(text)) return true;
  // Base 60 numbers of YAML 1.1.
  if (/^[-+]?\d[\d_]*(?::[0-5]?\d)+(?:\.[\d_]*)?$/.test(text)) return true;
  return isTimestamp(text);
}

function isTimestamp(text: string): boolean {
  return /^\d{4}-\d{1,2}-\d{1,2}(?:(?:[Tt]|[ \t]+)\d{1,2}:\d{1,2}:\d{1,2}(?:\.\d*)?(?:[ \t]*(?:Z|[-+]\d\d?(?::\d\d)?))?)?$/.test(
    text,
  );
}

/** Characters that only the double quoted style can carry. */
function hasSpecial(text: string): boolean {
  // Everything outside YAML's printable set, and the byte order mark.
  return /[^\n\u0020-\u007e\u0085\u00a0-\ud7ff\ue000-\ufefe\uff00-\ufffd\u{10000}-\u{10ffff}]/u.test(text);
}

function canBeBlock(text: string): boolean {
  return !hasSpecial(text) && !/ \n/.test(text) && !/^\s*$/.test(text) && !text.endsWith(' ');
}

function canBePlain(text: string): boolean {
  if (/^[\s]|\s$/.test(text)) return false;
  if (/^(?:---|\.\.\.)/.test(text)) return false;
  if (/^[#,[\]{}&*!|>'"%@`]/.test(text)) return false;
  if (/^[?:-](?:\s|$)/.test(text)) return false;
  if (/:(?:\s|$)/.test(text) || /\s#/.test(text)) return false;
  return !text.includes('\n');
}

function singleQuoted(text: string, place: Place): string {
  return folded(text.replaceAll("'", "''"), { ...place, column: place.column + 1 }, (part) => part, "'");
}

function singleOrDouble(text: string, place: Place): string {
  return /^ *$/.test(text) || !/^ .*\n| \n/.test(text) ? singleQuoted(text, place) : doubleQuoted(text, place);
}

/** Breaks a flow scalar at single spaces once a line is longer than the width, as the emitter does. */
function folded(text: string, place: Place, same: (part: string) => string, quote = ''): string {
  if (place.key) return quote + text + quote;
  let out = quote;
  let column = place.column;
  const continuation = ' '.repeat(place.indent + 2);
  for (let i = 0; i < text.length; i++) {
    const c = text.charAt(i);
    const single = c === ' ' && text[i - 1] !== ' ' && text[i + 1] !== ' ' && i > 0 && i < text.length - 1;
    if (single && column > lineWidth) {
      out += `\n${continuation}`;
      column = continuation.length;
    } else {
      out += same(c);
      column++;
    }
  }
  return out + quote;
}

function literal(text: string, indent: number): string {
  const body = text.replace(/\n+$/, '');
  const ends = text.length - body.length;
  const hint = /^[ \n]/.test(text) ? '2' : '';
  const chomp = ends === 0 ? '-' : ends === 1 ? '' : '+';
  const margin = ' '.repeat(indent + 2);
  const lines = (ends > 1 ? text.slice(0, -1) : body).split('\n');
  return [`|${hint}${chomp}`, ...lines.map((line) => (line === '' ? '' : margin + line))].join('\n');
}

const escapes: Readonly<Record<string, string>> = {
  '\0': '\\0',
  '\x07': '\\a',
  '\b': '\\b',
  '\t': '\\t',
  '\n': '\\n',
  '\v': '\\v',
  '\f': '\\f',
  '\r': '\\r',
  '\x1b': '\\e',
  '"': '\\"',
  '\\': '\\\\',
  '\x85': '\\N',
  '\u2028': '\\L',
  '\u2029': '\\P',
};

function doubleQuoted(text: string, place: Place): string {
  let out = '"';
  let column = place.column + 1;
  const characters = [...text];
  for (const [i, c] of characters.entries()) {
    const single = c === ' ' && i > 0 && i < characters.length - 1;
    if (single && column > lineWidth && !place.key) {
      const next = characters[i + 1] === ' ' ? '\\' : '';
      out += `\n${' '.repeat(place.indent + 2)}${next}`;
      column = place.indent + 2 + next.length;
      continue;
    }
    const written = escapes[c] ?? (hasSpecial(c) ? hexEscape(c) : c);
    out += written;
    column += written.length;
  }
  return `${out}"`;
}

function hexEscape(c: string): string {
  const code = c.codePointAt(0) ?? 0;
  if (code <= 0xff) return `\\x${code.toString(16).toUpperCase().padStart(2, '0')}`;
  if (code <= 0xffff) return `\\u${code.toString(16).toUpperCase().padStart(4, '0')}`;
  return `\\U${code.toString(16).toUpperCase().padStart(8, '0')}`;
}
