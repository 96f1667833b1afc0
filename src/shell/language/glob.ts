import type { FileSystem } from '@/kubectl/command';
import { BoundedRegExp } from './bounded-regexp';

/** A shell pattern as a regular expression; in `pattern` a backslash takes the meaning from the next character. */
export function patternToRegExp(pattern: string, anchored: 'both' | 'start' | 'end' = 'both', greedy = true): RegExp {
  let source = '';
  const star = greedy ? '[^]*' : '[^]*?';
  for (let i = 0; i < pattern.length; i++) {
    const character = pattern[i] ?? '';
    if (character === '\\') source += escapeRegExp(pattern[++i] ?? '\\');
    else if (character === '*') source += star;
    else if (character === '?') source += '[^]';
    else if (character === '[') {
      const end = pattern.indexOf(']', i + 2);
      const inside = end < 0 ? undefined : pattern.slice(i + 1, end);
      if (inside === undefined || /\\|\[/.test(inside)) source += '\\[';
      else {
        source += `[${inside.replace(/^!/, '^')}]`;
        i = end;
      }
    } else source += escapeRegExp(character);
  }
  try {
    return new BoundedRegExp(`${anchored === 'end' ? '' : '^'}${source}${anchored === 'start' ? '' : '$'}`);
  } catch {
    // A range such as [z-a]: the shell takes it for its own characters.
    return new RegExp(`^${escapeRegExp(pattern)}$`);
  }
}

/** Whether a pattern can match more than itself. */
export function hasWildcard(pattern: string): boolean {
  return /(^|[^\\])(\\\\)*[*?[]/.test(pattern);
}

/** The files a pattern stands for, sorted; none when nothing fits. */
export function globFiles(pattern: string, files: FileSystem): string[] {
  const absolute = pattern.startsWith('/');
  let found: string[] = [absolute ? '/' : ''];
  for (const part of pattern.split('/').filter((piece) => piece !== '')) {
    const next: string[] = [];
    for (const base of found) {
      const join = (name: string) => (base === '' || base.endsWith('/') ? `${base}${name}` : `${base}/${name}`);
      if (!hasWildcard(part)) {
        next.push(join(unescape(part)));
        continue;
      }
      const matcher = patternToRegExp(part);
      for (const name of files.list(base === '' ? '.' : base) ?? []) {
        if (matcher.test(name) && (!name.startsWith('.') || part.startsWith('.'))) next.push(join(name));
      }
    }
    found = next;
  }
  return found
    .filter((path) => files.read(path) !== undefined || files.list(path) !== undefined)
    .sort((a, b) => (a < b ? -1 : 1));
}

/** A text as a regular expression that matches nothing else. */
export function escapeRegExp(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/-]/g, '\\$&');
}

function unescape(pattern: string): string {
  return pattern.replace(/\\(.)/gs, '$1');
}
