import { builtins } from './builtins';
import { format } from './formats';
import { binary } from './operators';
import { type Found, type Scope, bound, defaults, descend } from './scope';
import { type Filter, type Fold, JqFailure, type Json } from './syntax';
import { type Path, at, cut, fail, members, truth } from './values';

/** Most steps of one filter: it may go on without an end. */
const mostSteps = 500_000;
const deepest = 400;

/** A filter that takes too long, or calls itself without an end. */
export class JqStopped extends Error {}

/** Runs filters; counts their steps. */
export class Machine {
  private steps = 0;
  private depth = 0;

  constructor(
    readonly now: number,
    readonly environment: Json,
    /** What `input` takes: the next value of the input; undefined at its end. */
    readonly input: () => Json | undefined,
  ) {}

  *run(filter: Filter, value: Json, variables: ReadonlyMap<string, Json> = new Map()): Generator<Json> {
    for (const [one] of this.each(filter, [value, []], { ...defaults(), variables })) yield one;
  }

  *each(filter: Filter, input: Found, scope: Scope): Generator<Found> {
    if (++this.steps > mostSteps) throw new JqStopped(`stopped after ${mostSteps} steps`);
    if (++this.depth > deepest) throw new JqStopped(`stopped: ${deepest} filters deep`);
    try {
      yield* this.step(filter, input, scope);
    } finally {
      this.depth--;
    }
  }

  private *step(filter: Filter, input: Found, scope: Scope): Generator<Found> {
    const [value, path] = input;
    switch (filter.kind) {
      case 'identity':
        yield input;
        return;
      case 'recurse':
        yield* descend(input);
        return;
      case 'literal':
        yield [filter.value];
        return;
      case 'text':
        yield* this.text(filter, 0, '', input, scope);
        return;
      case 'format':
        yield [format(filter.name, value)];
        return;
      case 'index':
        for (const [of, to] of this.each(filter.of, input, scope))
          for (const [key] of this.each(filter.key, [value], scope)) yield [at(of, key), to && [...to, key]];
        return;
      case 'slice':
        for (const [of, to] of this.each(filter.of, input, scope))
          for (const end of this.values(filter.to, value, scope))
            for (const start of this.values(filter.from, value, scope))
              yield [cut(of, start, end), to && [...to, { start, end }]];
        return;
      case 'each':
        for (const [of, to] of this.each(filter.of, input, scope))
          for (const [key, one] of members(of)) yield [one, to && [...to, key]];
        return;
      case 'try':
        yield* this.guarded(filter, input, scope);
        return;
      case 'pipe':
        for (const one of this.each(filter.left, input, scope)) yield* this.each(filter.right, one, scope);
        return;
      case 'comma':
        yield* this.each(filter.left, input, scope);
        yield* this.each(filter.right, input, scope);
        return;
      case 'binary':
        yield* binary(this, filter, input, scope);
        return;
      case 'negate':
        for (const [one] of this.each(filter.body, [value], scope))
          yield [typeof one === 'number' ? -one : fail(`${typeof one} cannot be negated`)];
        return;
      case 'array': {
        const list: Json[] = [];
        if (filter.body) for (const [one] of this.each(filter.body, [value], scope)) list.push(one);
        yield [list];
        return;
      }
      case 'object':
        yield* this.object(filter.entries, 0, {}, value, scope);
        return;
      case 'if':
        for (const [condition] of this.each(filter.condition, [value], scope)) {
          if (truth(condition)) yield* this.each(filter.then, input, scope);
          else if (filter.otherwise) yield* this.each(filter.otherwise, input, scope);
          else yield input;
        }
        return;
      case 'variable':
        yield [this.variable(filter.name, scope)];
        return;
      case 'bind':
        for (const [one] of this.each(filter.source, [value], scope))
          yield* this.each(filter.body, input, bound(scope, filter.pattern, one));
        return;
      case 'reduce':
        yield [this.reduced(filter, value, scope)];
        return;
      case 'foreach':
        yield* this.forEach(filter, value, scope);
        return;
      case 'define': {
        const closure = { filter: filter.body, scope, parameters: filter.parameters, own: true };
        const functions = new Map(scope.functions).set(`${filter.name}/${filter.parameters.length}`, closure);
        yield* this.each(filter.rest, input, { ...scope, functions });
        return;
      }
      case 'call':
        yield* this.call(filter.name, filter.args, [value, path], scope);
    }
  }

  private reduced(fold: Fold, value: Json, scope: Scope): Json {
    let state: Json = null;
    for (const [start] of this.each(fold.start, [value], scope)) state = start;
    for (const [one] of this.each(fold.source, [value], scope)) {
      let next: Json = null;
      for (const [result] of this.each(fold.update, [state], bound(scope, fold.pattern, one))) next = result;
      state = next;
    }
    return state;
  }

  private *forEach(fold: Fold, value: Json, scope: Scope): Generator<Found> {
    for (const [start] of this.each(fold.start, [value], scope)) {
      let state: Json = start;
      for (const [one] of this.each(fold.source, [value], scope)) {
        const inner = bound(scope, fold.pattern, one);
        for (const [next] of this.each(fold.update, [state], inner)) {
          state = next;
          if (fold.extract) yield* this.each(fold.extract, [state], inner);
          else yield [state];
        }
      }
    }
  }

  private variable(name: string, scope: Scope): Json {
    if (name === 'ENV') return this.environment;
    if (name === '__loc__') return { file: '<top-level>', line: 1 };
    return scope.variables.get(name) ?? (scope.variables.has(name) ? null : fail(`$${name} is not defined`));
  }

  private *values(filter: Filter | undefined, value: Json, scope: Scope): Generator<Json> {
    if (!filter) yield null;
    else for (const [one] of this.each(filter, [value], scope)) yield one;
  }

  private *guarded(filter: Extract<Filter, { kind: 'try' }>, input: Found, scope: Scope): Generator<Found> {
    try {
      yield* this.each(filter.body, input, scope);
    } catch (problem) {
      if (!(problem instanceof JqFailure)) throw problem;
      if (filter.handler) yield* this.each(filter.handler, [problem.value], scope);
    }
  }

  private *text(
    filter: Extract<Filter, { kind: 'text' }>,
    index: number,
    before: string,
    input: Found,
    scope: Scope,
  ): Generator<Found> {
    const part = filter.parts[index];
    if (part === undefined) yield [before];
    else if (typeof part === 'string') yield* this.text(filter, index + 1, before + part, input, scope);
    else
      for (const [one] of this.each(part, [input[0]], scope))
        yield* this.text(filter, index + 1, before + format(filter.format ?? '@text', one), input, scope);
  }

  private *object(
    entries: Extract<Filter, { kind: 'object' }>['entries'],
    index: number,
    before: { readonly [key: string]: Json },
    value: Json,
    scope: Scope,
  ): Generator<Found> {
    const entry = entries[index];
    if (!entry) {
      yield [before];
      return;
    }
    for (const [key] of this.each(entry.key, [value], scope)) {
      if (typeof key !== 'string') fail(`Object keys must be strings`);
      for (const [one] of this.each(entry.value, [value], scope))
        yield* this.object(entries, index + 1, { ...before, [String(key)]: one }, value, scope);
    }
  }

  /** The paths that a filter leads to. */
  *paths(filter: Filter, value: Json, scope: Scope): Generator<Path> {
    for (const [one, path] of this.each(filter, [value, []], scope)) {
      if (!path) fail(`Invalid path expression with result ${JSON.stringify(one).slice(0, 11)}`);
      yield path ?? [];
    }
  }

  private *call(name: string, args: readonly Filter[], input: Found, scope: Scope): Generator<Found> {
    const key = `${name}/${args.length}`;
    const closure = scope.functions.get(key);
    if (closure) {
      const functions = new Map(closure.scope.functions);
      if (closure.own) functions.set(key, closure);
      const inner: Scope = { variables: closure.scope.variables, functions };
      const values: [string, Filter][] = [];
      closure.parameters.forEach((parameter, i) => {
        const filter = args[i] ?? ({ kind: 'identity' } as const);
        const bare = parameter.replace('$', '');
        functions.set(`${bare}/0`, { filter, scope, parameters: [], own: false });
        if (parameter.startsWith('$')) values.push([bare, filter]);
      });
      for (const own of this.withValues(values, input, scope, inner)) yield* this.each(closure.filter, input, own);
      return;
    }
    const builtin = Object.hasOwn(builtins, key) ? builtins[key] : undefined;
    if (!builtin) throw new JqFailure(`${key} is not defined`);
    yield* builtin({ machine: this, input, scope, args });
  }

  /** The scope of a function for each choice of values for its `$parameters`, the last the fastest. */
  private *withValues(
    [first, ...others]: readonly [string, Filter][],
    input: Found,
    outer: Scope,
    inner: Scope,
  ): Generator<Scope> {
    if (!first) {
      yield inner;
      return;
    }
    const [name, filter] = first;
    for (const [one] of this.each(filter, [input[0]], outer)) {
      const variables = new Map(inner.variables).set(name, one);
      yield* this.withValues(others, input, outer, { ...inner, variables });
    }
  }
}
