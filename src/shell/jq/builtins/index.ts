import { type Builtins, number, plain } from '../builtin';
import { JqFailure, type Json } from '../syntax';
import { type Path, compare, fail, isList, put, truth, typeOf, valueAt, without } from '../values';
import { collections } from './collections';
import { matching } from './matching';
import { numbers } from './numbers';
import { texts } from './texts';

/** What steers the flow of values, and paths. */
const flow: Builtins = {
  'empty/0': function* () {
    // Nothing comes of it.
  },
  'not/0': plain((value) => !truth(value)),
  'true/0': plain(() => true),
  'false/0': plain(() => false),
  'null/0': plain(() => null),
  'error/0': plain((value) => {
    throw new JqFailure(value);
  }),
  'error/1': plain((_value, message = null) => {
    throw new JqFailure(message);
  }),
  'type/0': plain(typeOf),
  'first/1': function* ({ machine, input, scope, args: [filter] }) {
    if (filter)
      for (const one of machine.each(filter, input, scope)) {
        yield one;
        return;
      }
  },
  'limit/2': function* ({ machine, input, scope, args: [count, filter] }) {
    if (!count || !filter) return;
    for (const [wanted] of machine.each(count, [input[0]], scope)) {
      let left = number(wanted);
      if (left <= 0) continue;
      for (const one of machine.each(filter, input, scope)) {
        yield one;
        if (--left <= 0) break;
      }
    }
  },
  'path/1': function* ({ machine, input: [value], scope, args: [filter] }) {
    if (filter) for (const path of machine.paths(filter, value, scope)) yield [path];
  },
  'getpath/1': function* ({ machine, input: [value, path], scope, args: [filter] }) {
    if (!filter) return;
    for (const [to] of machine.each(filter, [value], scope)) {
      const keysOf = pathOf(to);
      yield [valueAt(value, keysOf), path && [...path, ...keysOf]];
    }
  },
  'setpath/2': plain((value, path = null, one = null) => put(value, pathOf(path), one)),
  'delpaths/1': plain((value, paths = null) =>
    [...(isList(paths) ? paths : fail('Paths must be specified as an array'))]
      .sort(compare)
      .reverse()
      .reduce((left: Json, path) => without(left, pathOf(path)), value),
  ),
  'input/0': function* ({ machine }) {
    yield [machine.input() ?? fail('No more inputs')];
  },
  'inputs/0': function* ({ machine }) {
    for (let one = machine.input(); one !== undefined; one = machine.input()) yield [one];
  },
};

/** Every function that is not written in jq itself. Upstream: src/builtin.c. */
export const builtins: Builtins = { ...flow, ...collections, ...texts, ...matching, ...numbers };

function pathOf(value: Json): Path {
  return isList(value) ? value : fail('Path must be specified as an array');
}
