// Upstream: cel-go checker/checker.go `resolveOverload`, checker/types.go `isAssignable`
import { type Overload, splitTypes } from './declarations';

type Bindings = Map<string, string>;

/** What a call comes to with operands of these types; undefined where nothing takes them. */
export function resultOf(
  overloads: readonly Overload[],
  target: string | undefined,
  args: readonly string[],
): string | undefined {
  let result: string | undefined;
  for (const overload of overloads) {
    if ((overload.target === undefined) !== (target === undefined) || overload.args.length !== args.length) continue;
    const bound: Bindings = new Map();
    const wanted = [...(overload.target === undefined ? [] : [overload.target]), ...overload.args];
    const given = [...(target === undefined ? [] : [target]), ...args];
    if (!wanted.every((one, i) => takes(one, given[i] ?? 'dyn', bound))) continue;
    const own = filledIn(overload.result, bound);
    result = result === undefined || result === own ? own : 'dyn';
  }
  return result;
}

/** `list(string)` → `list`, `[string]` */
function partsOf(type: string): { readonly head: string; readonly params: readonly string[] } {
  const open = type.indexOf('(');
  return open < 0
    ? { head: type, params: [] }
    : { head: type.slice(0, open), params: splitTypes(type.slice(open + 1, -1)) };
}

function takes(wanted: string, given: string, bound: Bindings): boolean {
  if (/^[AB]$/.test(wanted)) {
    const before = bound.get(wanted);
    if (before === undefined || before === 'dyn') bound.set(wanted, given);
    return before === undefined || takes(before, given, bound);
  }
  if (wanted === 'dyn' || given === 'dyn' || wanted === given) return true;
  const [one, other] = [partsOf(wanted), partsOf(given)];
  if (one.head !== other.head || one.params.length !== other.params.length || one.params.length === 0) return false;
  return one.params.every((param, i) => takes(param, other.params[i] ?? 'dyn', bound));
}

function filledIn(type: string, bound: Bindings): string {
  return type.replace(/\b[AB]\b/g, (name) => bound.get(name) ?? 'dyn');
}
