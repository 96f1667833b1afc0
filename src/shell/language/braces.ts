import type { Word } from './syntax';

/** A piece of a word: one bare character, or a part that braces do not look into. */
type Piece = string | Word[number];

/** Most words that one pair of braces may make: `{1..1000000}` would fill the page. */
const most = 10_000;

/**
 * bash's brace expansion: `{a,b}` and `{1..5}` make several words of one, before anything else is expanded. Braces
 * that are quoted, or hold neither a comma nor a sequence, stand for themselves.
 */
export function expandBraces(word: Word): Word[] {
  const bare = word.some((part) => part.kind === 'text' && !part.quoted && part.text.includes('{'));
  if (!bare) return [word];
  const pieces = word.flatMap((part): Piece[] => (part.kind === 'text' && !part.quoted ? [...part.text] : [part]));
  return expanded(pieces).map(joined);
}

function expanded(pieces: readonly Piece[]): Piece[][] {
  for (let open = pieces.indexOf('{'); open >= 0; open = pieces.indexOf('{', open + 1)) {
    const inside = alternatives(pieces, open);
    if (!inside) continue;
    const before = pieces.slice(0, open);
    const after = expanded(pieces.slice(inside.end + 1));
    const list = inside.choices.flatMap((choice) => after.map((rest) => [...before, ...choice, ...rest]));
    if (list.length > most) throw new RangeError('brace expansion: too many words');
    return list;
  }
  return [[...pieces]];
}

/** What stands between the brace at `open` and its end, one entry a choice; undefined when these are no such braces. */
function alternatives(pieces: readonly Piece[], open: number): { choices: Piece[][]; end: number } | undefined {
  const choices: Piece[][] = [[]];
  let depth = 0;
  for (let i = open + 1; i < pieces.length; i++) {
    const piece = pieces[i] ?? '';
    if (piece === '}' && depth === 0) {
      if (choices.length > 1) return { choices: choices.flatMap(expanded), end: i };
      const items = sequence(pieces.slice(open + 1, i));
      return items && { choices: items.map((item) => [...item]), end: i };
    }
    if (piece === '{') depth++;
    if (piece === '}') depth--;
    if (piece === ',' && depth === 0) choices.push([]);
    else choices.at(-1)?.push(piece);
  }
  return undefined;
}

/** `1..5`, `01..10`, `10..1..3`, `a..e` */
function sequence(pieces: readonly Piece[]): string[] | undefined {
  if (pieces.some((piece) => typeof piece !== 'string')) return undefined;
  const text = pieces.join('');
  const numbers = /^(-?\d+)\.\.(-?\d+)(?:\.\.(-?\d+))?$/.exec(text);
  const letters = /^([A-Za-z])\.\.([A-Za-z])(?:\.\.(-?\d+))?$/.exec(text);
  const [, from = '', to = '', by] = numbers ?? letters ?? [];
  if (from === '') return undefined;
  const [first, last] = numbers ? [Number(from), Number(to)] : [from.charCodeAt(0), to.charCodeAt(0)];
  const step = Math.abs(Number(by ?? 1)) || 1;
  if (Math.abs(last - first) / step > most) throw new RangeError('brace expansion: too many words');
  const width = (numbers && /^-?0\d/.test(from)) || /^-?0\d/.test(to) ? Math.max(from.length, to.length) : 0;
  const items: string[] = [];
  for (let value = first; first <= last ? value <= last : value >= last; value += first <= last ? step : -step) {
    const digits = String(Math.abs(value)).padStart(value < 0 ? width - 1 : width, '0');
    items.push(numbers ? `${value < 0 ? '-' : ''}${digits}` : String.fromCharCode(value));
  }
  return items;
}

function joined(pieces: readonly Piece[]): Word {
  const word: Word[number][] = [];
  for (const piece of pieces) {
    const last = word.at(-1);
    if (typeof piece !== 'string') word.push(piece);
    else if (last?.kind === 'text' && !last.quoted) word[word.length - 1] = { ...last, text: last.text + piece };
    else word.push({ kind: 'text', text: piece, quoted: false });
  }
  return word;
}
