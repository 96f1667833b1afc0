/** What a piece of a YAML line is. */
export type Kind = 'key' | 'value' | 'number' | 'comment' | 'mark' | 'plain';

export interface Segment {
  readonly kind: Kind;
  readonly text: string;
}

const keyed = /^(\s*(?:- )*)((?:"[^"]*"|'[^']*'|[^\s#:'"[\]{},][^:#]*?))(:)(\s|$)/;

/**
 * Colours one line of YAML well enough to read it before the editor has loaded, and on paper. It looks at one line at
 * a time and decides nothing: reading is done by src/manifest.
 */
export function highlightLine(line: string): Segment[] {
  if (/^\s*#/.test(line)) return [{ kind: 'comment', text: line }];
  if (/^(---|\.\.\.)(\s|$)/.test(line)) return [{ kind: 'mark', text: line }];
  const match = keyed.exec(line);
  if (!match) return scalar(line);
  const [, indent = '', key = '', colon = ''] = match;
  const rest = line.slice(indent.length + key.length + colon.length);
  return [...plain(indent), { kind: 'key', text: key }, { kind: 'plain', text: colon }, ...scalar(rest)];
}

function scalar(text: string): Segment[] {
  const comment = /(^|\s)#.*$/.exec(text);
  const value = comment ? text.slice(0, comment.index) : text;
  const out: Segment[] = [];
  const lead = /^\s*(?:- )*/.exec(value)?.[0] ?? '';
  out.push(...plain(lead));
  const body = value.slice(lead.length);
  if (/^[[{]/.test(body)) out.push(...flow(body));
  else if (body) out.push({ kind: /^-?[\d.]+\s*$/.test(body) ? 'number' : 'value', text: body });
  if (comment) out.push({ kind: 'comment', text: text.slice(comment.index) });
  return out;
}

/** `{a: b, c: [d]}`: keys before colons, values after. */
function flow(text: string): Segment[] {
  return text
    .split(/([{}[\],]|:\s)/)
    .filter((part) => part !== '')
    .map((part, i, all) => {
      if (/^([{}[\],]|:\s)$/.test(part)) return { kind: 'plain', text: part };
      return { kind: /^:\s$/.test(all[i + 1] ?? '') ? 'key' : 'value', text: part };
    });
}

function plain(text: string): Segment[] {
  return text ? [{ kind: 'plain', text }] : [];
}
