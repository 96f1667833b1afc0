/** What separates fields where IFS is not set. */
export const blanks = ' \t\n';

/**
 * Splits what an unquoted expansion gave. Blanks of IFS stand together and at the ends for nothing; every other
 * character of it ends a field, also an empty one. An entry is what a cut leaves on each side; undefined = no field there.
 */
export function splitFields(value: string, separators: string): (string | undefined)[] {
  if (separators === '') return [value];
  const space = [...separators].filter((one) => blanks.includes(one)).join('');
  const other = [...separators].filter((one) => !blanks.includes(one)).join('');
  const escaped = (text: string) => text.replace(/[\\\]^-]/g, '\\$&');
  const ends = other === '' ? '' : `[${escaped(space)}]*[${escaped(other)}][${escaped(space)}]*`;
  const pattern = [ends.replaceAll('[]*', ''), space === '' ? '' : `[${space}]+`].filter((one) => one !== '').join('|');
  const pieces: (string | undefined)[] = [];
  let begin = 0;
  for (const { 0: separator, index } of value.matchAll(new RegExp(pattern, 'g'))) {
    const piece = value.slice(begin, index);
    const visible = [...separator].some((one) => other.includes(one));
    pieces.push(piece === '' && !visible ? undefined : piece);
    begin = index + separator.length;
  }
  const last = value.slice(begin);
  return [...pieces, last === '' ? undefined : last];
}
