/** The keys of a map as YAML has them: `key2` stands before `key10`, undefined values are left out. */
export function yamlKeys(value: { readonly [key: string]: unknown }): string[] {
  const keys = Object.keys(value).filter((key) => value[key] !== undefined);
  return keys.sort((a, b) => (isLess(a, b) ? -1 : isLess(b, a) ? 1 : 0));
}

/** Upstream: go.yaml.in/yaml/v2 sorter.go `keyList.Less`. */
function isLess(first: string, second: string): boolean {
  const [a, b] = [[...first], [...second]];
  const differ = a.findIndex((c, i) => c !== b[i]);
  if (differ < 0 || differ >= b.length) return a.length < b.length;
  const [x = '', y = ''] = [a[differ], b[differ]];
  const [xLetter, yLetter] = [isLetter(x), isLetter(y)];
  if (xLetter && yLetter) return isBefore(x, y);
  if (xLetter || yLetter) return yLetter;
  // Zeros within a number count as its digits, zeros at its front do not.
  const within = (x === '0' || y === '0') && /[1-9]\d*$/.test(a.slice(0, differ).join(''));
  const [m, n] = [digits(a, differ), digits(b, differ)];
  const [left, right] = [m, n].map((text) => Number(`${within ? '1' : '0'}${text}`)) as [number, number];
  if (left !== right) return left < right;
  return m.length === n.length ? isBefore(x, y) : m.length < n.length;
}

function digits(text: readonly string[], start: number): string {
  return /^\d*/.exec(text.slice(start).join(''))?.[0] ?? '';
}

function isLetter(c: string): boolean {
  return /\p{L}/u.test(c);
}

function isBefore(a: string, b: string): boolean {
  return (a.codePointAt(0) ?? 0) < (b.codePointAt(0) ?? 0);
}
