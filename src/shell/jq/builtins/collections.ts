import { type Builtins, number, plain } from '../builtin';
import type { Json } from '../syntax';
import { at, compare, fail, isList, isTable, members, named, typeOf } from '../values';

/** Lists and objects, and those of these that texts can do too. */
export const collections: Builtins = {
  'keys/0': plain((value) => keys(value).sort(compare)),
  'keys_unsorted/0': plain(keys),
  'has/1': plain((value, key = null) => {
    if (isTable(value) && typeof key === 'string') return Object.hasOwn(value, key);
    if (isList(value) && typeof key === 'number') return key >= 0 && key < value.length;
    return fail(`Cannot check whether ${typeOf(value)} has a ${typeof key === 'string' ? 'string' : typeOf(key)} key`);
  }),
  'contains/1': plain((value, other = null) => contains(value, other)),
  'reverse/0': plain((value) =>
    typeof value === 'string'
      ? [...value].reverse().join('')
      : value === null
        ? []
        : isList(value)
          ? [...value].reverse()
          : fail(`Cannot reverse ${named(value)}`),
  ),
  '_sorted/0': plain((value) =>
    isList(value)
      ? [...value].sort((a, b) => compare(at(a, 'k'), at(b, 'k')))
      : fail(`${named(value)} cannot be sorted, as it is not an array`),
  ),
  '_grouped/0': plain((value) => {
    const groups: Json[][] = [];
    for (const one of [...(isList(value) ? value : [])].sort((a, b) => compare(at(a, 'k'), at(b, 'k')))) {
      const last = groups.at(-1);
      if (last && compare(at(last[0] ?? null, 'k'), at(one, 'k')) === 0) last.push(one);
      else groups.push([one]);
    }
    return groups;
  }),
  'flatten/0': plain((value) => flat(value, Infinity)),
  'flatten/1': plain((value, depth = 0) =>
    number(depth) < 0 ? fail('flatten depth must not be negative') : flat(value, number(depth)),
  ),
  'indices/1': plain((value, wanted = null) => {
    if (value === null) return null;
    if (typeof value === 'string' && typeof wanted === 'string')
      return wanted === '' ? null : [...Array(value.length).keys()].filter((i) => value.startsWith(wanted, i));
    return at(value, isList(wanted) ? wanted : [wanted]);
  }),
  'length/0': plain((value) => {
    if (value === null) return 0;
    if (typeof value === 'number') return Math.abs(value);
    if (typeof value === 'boolean') return fail(`${named(value)} has no length`);
    return typeof value === 'string' ? [...value].length : members(value).length;
  }),
};

function keys(value: Json): Json[] {
  return isList(value) || isTable(value) ? members(value).map(([key]) => key) : fail(`${named(value)} has no keys`);
}

function contains(value: Json, other: Json): boolean {
  if (isTable(value) && isTable(other))
    return Object.entries(other).every(([key, one]) => Object.hasOwn(value, key) && contains(value[key] ?? null, one));
  if (isList(value) && isList(other))
    return other.every((one) => value.some((mine) => typeOf(mine) === typeOf(one) && contains(mine, one)));
  if (typeof value === 'string' && typeof other === 'string') return value.includes(other);
  if (typeOf(value) !== typeOf(other))
    return fail(`${named(value)} and ${named(other)} cannot have their containment checked`);
  return compare(value, other) === 0;
}

function flat(value: Json, depth: number): Json {
  const list: Json[] = [];
  for (const [, one] of members(value)) {
    const inner = isList(one) && depth > 0 ? flat(one, depth - 1) : undefined;
    if (inner !== undefined && isList(inner)) list.push(...inner);
    else list.push(one);
  }
  return list;
}
