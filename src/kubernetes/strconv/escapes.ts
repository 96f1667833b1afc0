/** What a letter after a backslash stands for in a Go text (and in CEL). Upstream: go/src/strconv/quote.go. */
export const escapes: Readonly<Record<string, string>> = {
  a: '\x07',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
};
