import { sortedKeys } from '@/kubernetes/strconv/go-json';
import { CallFailure } from './call';
import type { Execution } from './execution';
import { functions, own, type ParameterType } from './functions';
import { goQuote } from './literal';
import {
  type Branch,
  type CommandNode,
  lineAndColumn,
  type Node,
  nodeText,
  type Operand,
  type Pipeline,
  type Statement,
} from './node';
import { GoTemplateFailure } from './token-stream';
import * as value from './value';
import { boxed, notText, text, truth, typeName, unboxed, type Value } from './value';

/** Templates that call each other; upstream stops at 100000. */
const maximumDepth = 300;
/** So many statements may run: a template that counts to a billion must not hold the page. */
const maximumSteps = 1e6;
type Signal = 'break' | 'continue' | undefined;
type Found = Value | undefined;

/** One run of a template. `out` grows as it goes. Upstream: text/template/exec.go. */
export class Executor {
  out = '';
  private node: Node | undefined;
  private template = 'output';
  private depth = 0;
  private steps = 0;
  private variables: { readonly name: string; value: Found }[] = [];

  constructor(private readonly given: Execution) {}

  /** Throws GoTemplateFailure. */
  run(data: Found): void {
    this.variables = [{ name: '$', value: data }];
    this.walk(data, this.given.templates.get('output') ?? []);
  }

  private fail(message: string): never {
    if (this.node === undefined) throw new GoTemplateFailure(`template: ${this.template}: ${message}`);
    throw new GoTemplateFailure(
      `template: output:${lineAndColumn(this.given.source, this.node.at)}: executing ${goQuote(this.template)} at <${nodeText(this.node)}>: ${message}`,
    );
  }

  private step(): void {
    if (++this.steps > maximumSteps) this.fail(`more than ${maximumSteps} steps are not simulated`);
  }

  private walk(dot: Found, statements: readonly Statement[]): Signal {
    for (const one of statements) {
      this.step();
      this.node = one;
      const signal = this.statement(dot, one);
      if (signal) return signal;
    }
    return undefined;
  }

  private statement(dot: Found, one: Statement): Signal {
    switch (one.type) {
      case 'text':
        this.out += one.text;
        return undefined;
      case 'action': {
        const found = this.pipeline(dot, one.pipeline);
        if (one.pipeline.declared.length === 0) this.out += found === undefined ? '<no value>' : text(found);
        return undefined;
      }
      case 'break':
      case 'continue':
        return one.type;
      case 'template':
        this.call(dot, one.name, one.pipeline);
        return undefined;
      case 'range':
        return this.range(dot, one);
      default: {
        const mark = this.variables.length;
        const found = this.pipeline(dot, one.pipeline);
        const signal = truth(found)
          ? this.walk(one.type === 'with' ? found : dot, one.then)
          : this.walk(dot, one.otherwise ?? []);
        this.variables.length = mark;
        return signal;
      }
    }
  }

  private call(dot: Found, name: string, pipeline: Pipeline | undefined): void {
    const statements = this.given.templates.get(name);
    if (!statements) this.fail(`template ${goQuote(name)} not defined`);
    if (this.depth === maximumDepth) this.fail('exceeded maximum template depth (100000)');
    const argument = pipeline && this.pipeline(dot, pipeline);
    const { template, variables } = this;
    this.template = name;
    this.variables = [{ name: '$', value: argument }];
    this.depth++;
    this.walk(argument, statements ?? []);
    this.depth--;
    this.template = template;
    this.variables = variables;
  }

  private range(dot: Found, loop: Branch): Signal {
    const start = this.variables.length;
    const over = unboxed(this.pipeline(dot, loop.pipeline));
    const mark = this.variables.length;
    let runs = 0;
    let signal: Signal;
    for (const [index, item] of this.entries(over, loop)) {
      runs++;
      this.assign(loop.pipeline, index, item);
      signal = this.walk(item, loop.then);
      this.variables.length = mark;
      if (signal === 'break') break;
    }
    // What ends this loop does not end the one around it; an `else` may.
    signal = runs === 0 ? this.walk(dot, loop.otherwise ?? []) : undefined;
    this.variables.length = start;
    return signal;
  }

  private *entries(over: Found, loop: Branch): Generator<readonly [Found, Found]> {
    if (over === undefined) return;
    if (over.type === 'slice') yield* over.v.map((item, i) => [value.int(i), boxed(item)] as const);
    else if (over.type === 'map') {
      yield* sortedKeys(over.v).map((key) => [value.string(key), boxed(over.v[key])] as const);
    } else if (over.type === 'int' || over.type === 'int64' || over.type === 'uint8') {
      if (loop.pipeline.declared.length > 1) {
        this.fail(`can't use ${text(over)} to iterate over more than one variable`);
      }
      for (let i = 0; i < over.v; i++) {
        this.step();
        yield [undefined, { type: over.type, v: i, boxed: false }];
      }
    } else this.fail(`range can't iterate over ${text(over)}`);
  }

  private assign({ declared, assigns }: Pipeline, index: Found, item: Found): void {
    const [first, second] = declared;
    if (first === undefined) return;
    if (assigns) {
      this.set(first, second === undefined ? item : index);
      if (second !== undefined) this.set(second, item);
      return;
    }
    const [top, next] = [this.variables.at(-1), this.variables.at(-2)];
    if (top) top.value = item;
    if (second !== undefined && next) next.value = index;
  }

  private set(name: string, found: Found): void {
    const variable = this.variables.findLast((one) => one.name === name);
    if (!variable) this.fail(`undefined variable: ${name}`);
    else variable.value = found;
  }

  private pipeline(dot: Found, pipe: Pipeline): Found {
    this.node = pipe;
    let found: Found;
    for (const [i, command] of pipe.commands.entries()) {
      const result = this.command(dot, command, i === 0 ? [] : [found]);
      found = result?.boxed ? unboxed(result) : result;
    }
    for (const name of pipe.declared) {
      if (pipe.assigns) this.set(name, found);
      else this.variables.push({ name, value: found });
    }
    return found;
  }

  /** `final` holds what the command before gave, when there is one. */
  private command(dot: Found, command: CommandNode, final: readonly Found[]): Found {
    const [first, ...rest] = command.words;
    if (!first) return undefined;
    if (first.type === 'identifier') return this.evaluateCall(dot, command, first, rest, final);
    const hasArguments = rest.length > 0 || final.length > 0;
    if (first.type === 'field' || first.type === 'chain' || first.type === 'variable') {
      return this.path(dot, first, hasArguments);
    }
    if (first.type !== 'pipeline') this.node = first;
    if (hasArguments) this.fail(`can't give argument to non-function ${nodeText(first)}`);
    if (first.type === 'pipeline') return this.pipeline(dot, first);
    if (first.type === 'nil') return this.fail('nil is not a command');
    return this.constant(dot, first);
  }

  private constant(dot: Found, word: Operand): Found {
    this.node = word;
    switch (word.type) {
      case 'dot':
        return dot;
      case 'bool':
        return value.bool(word.value);
      case 'string':
        return value.string(word.value);
      case 'number':
        if (word.float) return { type: 'float64', v: word.value, boxed: false };
        if (word.value >= 2 ** 63) this.fail(`${word.text} overflows int`);
        return value.int(word.value);
      default:
        return this.fail(`can't evaluate command ${goQuote(nodeText(word))}`);
    }
  }

  private path(dot: Found, node: Extract<Operand, { names: unknown }>, hasArguments: boolean): Found {
    this.node = node;
    let names = node.names;
    let receiver = dot;
    if (node.type === 'chain') {
      if (node.of.type === 'nil') this.fail(`indirection through explicit nil in ${nodeText(node)}`);
      receiver = this.argument(dot, 'value', node.of);
    } else if (node.type === 'variable') {
      receiver = this.variables.findLast((one) => one.name === names[0])?.value;
      names = names.slice(1);
      if (names.length === 0 && hasArguments) this.fail(`can't give argument to non-function ${nodeText(node)}`);
    }
    for (const [i, name] of names.entries()) {
      receiver = this.field(receiver, name, hasArguments && i === names.length - 1);
    }
    return receiver;
  }

  private field(receiver: Found, name: string, hasArguments: boolean): Found {
    if (receiver === undefined) {
      return this.given.strict ? this.fail(`nil data; no entry for key ${goQuote(name)}`) : undefined;
    }
    if (receiver.type === 'nil') return this.fail(`nil pointer evaluating interface {}.${name}`);
    if (receiver.type !== 'map') return this.fail(`can't evaluate field ${name} in type ${typeName(receiver)}`);
    if (hasArguments) this.fail(`${name} is not a method but has arguments`);
    const found = own(receiver.v, name);
    if (found !== undefined) return boxed(found);
    return this.given.strict ? this.fail(`map has no entry for key ${goQuote(name)}`) : undefined;
  }

  private evaluateCall(dot: Found, node: Node, fn: Operand, words: readonly Operand[], final: readonly Found[]): Found {
    this.node = fn;
    const name = nodeText(fn);
    const { parameters, rest, call } = functions.get(name) ?? this.fail(`${goQuote(name)} is not a defined function`);
    const count = words.length + final.length;
    if (rest !== undefined && count < parameters.length) {
      this.fail(`wrong number of args for ${name}: want at least ${parameters.length} got ${words.length}`);
    }
    if (rest === undefined && count !== parameters.length) {
      this.fail(`wrong number of args for ${name}: want ${parameters.length} got ${count}`);
    }
    const typeAt = (i: number): ParameterType => parameters[i] ?? rest ?? 'any';
    const args: Found[] = [];
    for (const [i, word] of words.entries()) {
      const found = this.argument(dot, typeAt(i), word);
      // `and` and `or` leave off once they know.
      if ((name === 'and' || name === 'or') && truth(found) === (name === 'or')) return found;
      args.push(found);
    }
    if (final.length > 0) args.push(this.typed(final[0], typeAt(words.length)));
    if (name === 'and' || name === 'or') return args.at(-1);
    try {
      return call(args, words[0] ? nodeText(words[0]) : text(final[0]));
    } catch (error) {
      if (!(error instanceof CallFailure)) throw error;
      this.node = node;
      return this.fail(`error calling ${name}: ${error.message}`);
    }
  }

  private argument(dot: Found, type: ParameterType, word: Operand): Found {
    this.node = word;
    switch (word.type) {
      case 'dot':
        return this.typed(dot, type);
      case 'nil':
        return type === 'string' ? this.fail('cannot assign nil to string') : undefined;
      case 'field':
      case 'variable':
      case 'chain':
        return this.typed(this.path(dot, word, false), type);
      case 'pipeline':
        return this.typed(this.pipeline(dot, word), type);
      case 'identifier':
        return this.typed(this.evaluateCall(dot, word, word, [], []), type);
      default:
        if (type === 'string' && word.type !== 'string') this.fail(`expected string; found ${nodeText(word)}`);
        return this.constant(dot, word);
    }
  }

  private typed(found: Found, type: ParameterType): Found {
    const wrong = type === 'string' ? notText(found) : undefined;
    if (wrong !== undefined) this.fail(wrong);
    return type === 'value' ? found : unboxed(found);
  }
}
