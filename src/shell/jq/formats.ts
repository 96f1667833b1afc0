import type { Json } from './syntax';
import { fail, isList, isTable, named } from './values';

/** A value as text: strings as they are, everything else as JSON. */
export function textOf(value: Json): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** `@csv`, `@sh`, …; upstream: src/builtin.c `f_format`. */
export function format(name: string, value: Json): string {
  switch (name) {
    case '@text':
      return textOf(value);
    case '@json':
      return JSON.stringify(value);
    case '@csv':
    case '@tsv': {
      if (!isList(value)) return fail(`${named(value)} cannot be ${name.slice(1)}-formatted, only an array can be`);
      return value.map((one) => cell(one, name === '@csv')).join(name === '@csv' ? ',' : '\t');
    }
    case '@sh':
      return (isList(value) ? value : [value])
        .map((one) => {
          if (isList(one) || isTable(one)) return fail(`${named(one)} can not be escaped for shell`);
          return typeof one === 'string' ? `'${one.replaceAll("'", `'\\''`)}'` : JSON.stringify(one);
        })
        .join(' ');
    case '@html':
      return textOf(value).replace(
        /[<>&'"]/g,
        (one) => ({ '<': '&lt;', '>': '&gt;', '&': '&amp;', "'": '&#39;', '"': '&quot;' })[one] ?? one,
      );
    case '@uri':
      return encodeURIComponent(textOf(value)).replace(
        /[!'()*]/g,
        (one) => `%${one.charCodeAt(0).toString(16).toUpperCase()}`,
      );
    case '@base64':
      return btoa(String.fromCharCode(...new TextEncoder().encode(textOf(value))));
    case '@base64d':
      try {
        return new TextDecoder().decode(Uint8Array.from(atob(textOf(value)), (one) => one.charCodeAt(0)));
      } catch {
        return fail(`${named(value)} is not valid base64 data`);
      }
    default:
      return fail(`${name.slice(1)} is not a valid format`);
  }
}

function cell(value: Json, csv: boolean): string {
  if (isList(value) || isTable(value)) return fail(`${named(value)} is not valid in a csv row`);
  if (value === null) return '';
  if (typeof value !== 'string') return String(value);
  if (csv) return `"${value.replaceAll('"', '""')}"`;
  return value.replace(/[\\\t\n\r]/g, (one) => ({ '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' })[one] ?? one);
}

/** How jq prints a value. `indent`: blanks per level, 0 = all in one line. */
export function printed(
  value: Json,
  { indent, sort }: { readonly indent: number | '\t'; readonly sort: boolean },
): string {
  const ordered = sort ? sorted(value) : value;
  return JSON.stringify(ordered, undefined, indent);
}

function sorted(value: Json): Json {
  if (isList(value)) return value.map(sorted);
  if (!isTable(value)) return value;
  return Object.fromEntries(
    Object.keys(value)
      .sort()
      .map((key) => [key, sorted(value[key] ?? null)]),
  );
}
