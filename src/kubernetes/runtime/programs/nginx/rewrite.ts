import type { Directive } from './configuration';
import { type Visit } from './pages';
import { expression, groupsOf } from './expression';
import { expand } from './variables';

/** `return`: what to answer. `again`: a location is to be found for another path. `on`: goes on where it is. */
export type Rewritten =
  | { readonly kind: 'return'; readonly args: readonly string[]; readonly visit: Visit }
  | { readonly kind: 'again' | 'on'; readonly visit: Visit };

/**
 * Carries out the directives of one block that change a request, in their order.
 * Upstream: src/http/modules/ngx_http_rewrite_module.c
 */
export function rewrite(block: readonly Directive[], visit: Visit): Rewritten {
  let now = visit;
  let moved = false;
  for (const { name, args, block: body } of block) {
    if (name === 'return') return { kind: 'return', args, visit: now };
    if (name === 'break') return { kind: 'on', visit: now };
    if (name === 'set') now.variables.set((args[0] ?? '').slice(1), expand(args[1] ?? '', now));
    if (name === 'if' && conditionHolds(args, now)) {
      // What stands in the block holds for the rest of the request.
      const inside = { ...now, scopes: [{ name, args, block: body, place: '' }, ...now.scopes] };
      const result = rewrite(body, inside);
      if (result.kind !== 'on' || body.some((one) => one.name === 'break')) return result;
      now = result.visit;
    }
    if (name !== 'rewrite') continue;
    const [pattern = '', replacement = '', flag] = args;
    const match = expression(pattern).exec(now.path);
    if (!match) continue;
    keepGroups(match, now);
    const target = expand(replacement, now);
    const [path = '', query] = split(target);
    // A question mark at the end keeps the query of the request out.
    const asked = target.endsWith('?') ? '' : now.query;
    const full = [query ?? '', asked].filter((part) => part !== '').join('&');
    if (/^(https?:\/\/|\$scheme)/.test(replacement) || flag === 'redirect' || flag === 'permanent') {
      const code = flag === 'permanent' ? '301' : '302';
      return {
        kind: 'return',
        args: [code, `${path}${full === '' ? '' : `?${full}`}`.replaceAll('$', '$dollar')],
        visit: now,
      };
    }
    now = { ...now, path, query: full, rewritten: true };
    if (flag === 'break') return { kind: 'on', visit: now };
    if (flag === 'last') return { kind: 'again', visit: { ...now, rewritten: false } };
    moved = true;
  }
  return moved ? { kind: 'again', visit: { ...now, rewritten: false } } : { kind: 'on', visit: now };
}

function split(target: string): [string, string | undefined] {
  const at = target.indexOf('?');
  return at < 0 ? [target, undefined] : [target.slice(0, at), target.slice(at + 1)];
}

/** The condition of an `if`, whose words stand in parentheses. */
function conditionHolds(words: readonly string[], visit: Visit): boolean {
  const inner = words
    .join('\u0000')
    .replace(/^\(/, '')
    .replace(/\)$/, '')
    .split('\u0000')
    .filter((one) => one !== '');
  const [left = '', sign, right = ''] = inner;
  if (/^!?-[fde]$/.test(left)) {
    const path = expand(sign ?? '', visit);
    const isFile = visit.handle.read(path) !== undefined;
    const isFolder = visit.handle.list(path) !== undefined;
    const there = left.endsWith('f') ? isFile : left.endsWith('d') ? isFolder : isFile || isFolder;
    return there !== left.startsWith('!');
  }
  const value = expand(left, visit);
  if (sign === undefined) return value !== '' && value !== '0';
  if (sign === '=' || sign === '!=') return (value === expand(right, visit)) === (sign === '=');
  const match = expression(right, sign.endsWith('*')).exec(value);
  if (match) keepGroups(match, visit);
  return (match !== null) !== sign.startsWith('!');
}

function keepGroups(match: RegExpExecArray, { variables }: Visit): void {
  for (const [name, value] of Object.entries(groupsOf(match))) variables.set(name, value);
}
