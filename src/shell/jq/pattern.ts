import type { Pattern } from './syntax';
import type { Tokens } from './tokens';

/** What stands after `as`: `$name`, `[$a, $b]`, `{a: $b, $c}`. */
export function readPattern(tokens: Tokens): Pattern {
  const word = tokens.take();
  if (word.startsWith('$')) return { kind: 'name', name: word.slice(1) };
  if (word === '[') {
    const items: Pattern[] = [];
    do items.push(readPattern(tokens));
    while (tokens.accept(','));
    tokens.expect(']');
    return { kind: 'list', items };
  }
  if (word !== '{') throw tokens.unexpected(word);
  const fields: { key: string; pattern: Pattern }[] = [];
  do {
    const key = tokens.take();
    const name = key.replace(/^\$/, '');
    if (tokens.accept(':')) fields.push({ key: name, pattern: readPattern(tokens) });
    else fields.push({ key: name, pattern: { kind: 'name', name } });
  } while (tokens.accept(','));
  tokens.expect('}');
  return { kind: 'fields', fields };
}
