/** A piece of a JSONPath template, between or inside braces. */
export type Node =
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'list'; readonly steps: readonly Step[] }
  | { readonly type: 'range'; readonly over: readonly Step[] }
  | { readonly type: 'end' };

export type Step =
  | { readonly type: 'root' }
  | { readonly type: 'field'; readonly name: string }
  | { readonly type: 'wildcard' }
  | { readonly type: 'recursive' }
  | { readonly type: 'slice'; readonly from?: number; readonly to?: number; readonly step?: number }
  | { readonly type: 'index'; readonly index: number }
  | { readonly type: 'filter'; readonly left: Operand; readonly operator: string; readonly right?: Operand }
  | { readonly type: 'union'; readonly paths: readonly (readonly Step[])[] }
  | { readonly type: 'literal'; readonly value: string | number | boolean };

export type Operand = readonly Step[];

/** A template that cannot be read; the message is upstream's. */
export class JsonPathSyntax extends Error {}

/** Upstream: client-go/util/jsonpath/parser.go. Throws JsonPathSyntax. */
export function parseJsonPath(template: string): Node[] {
  const nodes: Node[] = [];
  let at = 0;
  while (at < template.length) {
    const open = template.indexOf('{', at);
    if (open < 0) {
      nodes.push({ type: 'text', text: template.slice(at) });
      break;
    }
    if (open > at) nodes.push({ type: 'text', text: template.slice(at, open) });
    const close = closingBrace(template, open);
    nodes.push(parseAction(template.slice(open + 1, close).trim()));
    at = close + 1;
  }
  return nodes;
}

function closingBrace(template: string, open: number): number {
  let quote = '';
  for (let i = open + 1; i < template.length; i++) {
    const c = template.charAt(i);
    if (quote) {
      if (c === '\\') i++;
      else if (c === quote) quote = '';
    } else if (c === '"' || c === "'") quote = c;
    else if (c === '}') return i;
  }
  throw new JsonPathSyntax('unclosed action');
}

function parseAction(text: string): Node {
  if (text === 'end') return { type: 'end' };
  if (/^range\s/.test(text)) return { type: 'range', over: parseSteps(text.slice(5).trim()) };
  return { type: 'list', steps: parseSteps(text) };
}

/** A path such as `.spec.containers[*].name`. */
export function parseSteps(text: string): Step[] {
  const steps: Step[] = [];
  let i = 0;
  while (i < text.length) {
    const c = text.charAt(i);
    if (c === '$') {
      steps.push({ type: 'root' });
      i++;
    } else if (c === '@' || c === ' ') i++;
    else if (c === '.') {
      if (text[i + 1] === '.') {
        steps.push({ type: 'recursive' });
        i++;
        // `..name`: the second dot begins the field.
        if (/[\w*\\-]/.test(text.charAt(i + 1))) continue;
        i++;
        continue;
      }
      const [name, next] = fieldName(text, i + 1);
      if (name === '*') steps.push({ type: 'wildcard' });
      else if (name !== '') steps.push({ type: 'field', name });
      i = next;
    } else if (c === '[') {
      const end = closingBracket(text, i);
      steps.push(bracket(text.slice(i + 1, end)));
      i = end + 1;
    } else if (c === '"' || c === "'") {
      const end = closingQuote(text, i);
      steps.push({ type: 'literal', value: unquote(text.slice(i, end + 1)) });
      i = end + 1;
    } else if (/[+-]?\d/.test(text.slice(i, i + 2))) {
      const number = /^[+-]?\d+(?:\.\d+)?/.exec(text.slice(i))?.[0] ?? '';
      steps.push({ type: 'literal', value: Number(number) });
      i += number.length;
    } else {
      const [word, next] = fieldName(text, i);
      if (word === '') throw new JsonPathSyntax(`unrecognized character in action: U+${codePoint(c)} '${c}'`);
      if (word === 'true' || word === 'false') steps.push({ type: 'literal', value: word === 'true' });
      else throw new JsonPathSyntax(`unrecognized identifier ${word}`);
      i = next;
    }
  }
  return steps;
}

function codePoint(c: string): string {
  return c.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0');
}

/** A field name runs to the next `.`, `[`, quote, brace or space; a backslash takes the next character as it is. */
function fieldName(text: string, start: number): [name: string, next: number] {
  let name = '';
  let i = start;
  for (; i < text.length; i++) {
    const c = text.charAt(i);
    if (c === '\\') {
      i++;
      name += text.charAt(i);
    } else if (/[.[\]{}"'\s,@$]/.test(c)) break;
    else name += c;
  }
  return [name, i];
}

function closingQuote(text: string, open: number): number {
  const quote = text.charAt(open);
  for (let i = open + 1; i < text.length; i++) {
    if (text[i] === '\\') i++;
    else if (text[i] === quote) return i;
  }
  throw new JsonPathSyntax('unterminated quoted string');
}

function closingBracket(text: string, open: number): number {
  let depth = 0;
  for (let i = open; i < text.length; i++) {
    const c = text.charAt(i);
    if (c === '"' || c === "'") i = closingQuote(text, i);
    else if (c === '[') depth++;
    else if (c === ']' && --depth === 0) return i;
  }
  throw new JsonPathSyntax('unterminated array');
}

function bracket(inner: string): Step {
  const text = inner.trim();
  if (text === '*') return { type: 'wildcard' };
  const filter = /^\?\((.*)\)$/s.exec(text);
  if (filter) return parseFilter((filter[1] ?? '').trim());
  const parts = splitTop(text, ',');
  if (parts.length > 1) return { type: 'union', paths: parts.map((part) => [bracket(part)]) };
  if (/^'.*'$|^".*"$/s.test(text)) return { type: 'field', name: unquote(text) };
  const range = /^(-?\d*)(?::(-?\d*))?(?::(-?\d*))?$/.exec(text);
  if (!range || text === '') throw new JsonPathSyntax(`invalid array index ${text}`);
  if (!text.includes(':')) return { type: 'index', index: Number(text) };
  const part = (index: number) => (range[index] ? { value: Number(range[index]) } : undefined);
  return {
    type: 'slice',
    ...(part(1) ? { from: Number(range[1]) } : {}),
    ...(part(2) ? { to: Number(range[2]) } : {}),
    ...(part(3) ? { step: Number(range[3]) } : {}),
  };
}

function parseFilter(text: string): Step {
  const match = /^(.*?)(==|!=|<=|>=|<|>)(.*)$/s.exec(text);
  if (!match) return { type: 'filter', left: parseSteps(text), operator: 'exists' };
  const [, left = '', operator = '', right = ''] = match;
  return { type: 'filter', left: parseSteps(left.trim()), operator, right: parseSteps(right.trim()) };
}

function splitTop(text: string, separator: string): string[] {
  const out: string[] = [];
  let start = 0;
  for (let i = 0; i < text.length; i++) {
    const c = text.charAt(i);
    if (c === '"' || c === "'") i = closingQuote(text, i);
    else if (c === separator) {
      out.push(text.slice(start, i));
      start = i + 1;
    }
  }
  out.push(text.slice(start));
  return out;
}

/** The text between quotes, with Go's escapes: `"\t"` is a tab. */
function unquote(text: string): string {
  const named: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', '0': '\0' };
  return text.slice(1, -1).replace(/\\(.)/gs, (_, c: string) => named[c] ?? c);
}
