// Upstream: cel-go checker/checker.go, checker/errors.go
import type { Expression } from './expression';
import { functions } from './declarations';
import { resultOf } from './overloads';
import { CelError, type CelIssue } from './source';

/** A type by the name it is printed with: `int`, `list(string)`, `dyn`; objects that declare their fields list them. */
export interface CelType {
  readonly name: string;
  readonly fields?: ReadonlyMap<string, CelType>;
}

export const dyn: CelType = { name: 'dyn' };
export const bool: CelType = { name: 'bool' };
export const string: CelType = { name: 'string' };

export type Declarations = ReadonlyMap<string, CelType>;

/** The type of an expression. Throws a `CelError` with every complaint. */
export function check(source: string, expression: Expression, declared: Declarations): CelType {
  const checker = new Checker();
  const type = checker.typeOf(expression, declared);
  const issues = checker.issues.length > 0 ? checker.issues : checker.later;
  if (issues.length > 0) throw new CelError(source, issues);
  return type;
}

/** Types have names of their own in expressions. */
const typeNames: ReadonlySet<string> = new Set([
  'bool',
  'int',
  'uint',
  'double',
  'string',
  'bytes',
  'list',
  'map',
  'null_type',
  'type',
]);

const numbers = ['int', 'uint', 'double'];
const ordered = [...numbers, 'string', 'bool', 'bytes', 'timestamp', 'duration'];

class Checker {
  readonly issues: CelIssue[] = [];
  /** What is told only of an expression that is right otherwise. Upstream: cel-go cel/validator.go */
  readonly later: CelIssue[] = [];

  private complain(offset: number, text: string): CelType {
    this.issues.push({ offset, text });
    // cel-go goes on with a type that fits everywhere.
    return dyn;
  }

  private undeclared(offset: number, name: string): CelType {
    return this.complain(offset, `undeclared reference to '${name}' (in container '')`);
  }

  typeOf(expression: Expression, declared: Declarations): CelType {
    switch (expression.kind) {
      case 'literal':
        return { name: nameOfLiteral(expression.value) };
      case 'name':
        return (
          declared.get(expression.name) ??
          (typeNames.has(expression.name)
            ? { name: `type(${expression.name})` }
            : this.undeclared(expression.offset, expression.name))
        );
      case 'list': {
        return { name: `list(${this.oneTypeOf(expression.items, declared)})` };
      }
      case 'map': {
        const keys = this.oneTypeOf(
          expression.entries.map(([key]) => key),
          declared,
        );
        const values = this.oneTypeOf(
          expression.entries.map(([, value]) => value),
          declared,
        );
        return { name: `map(${keys}, ${values})` };
      }
      case 'select':
        return this.typeOfField(expression, declared);
      case 'loop':
        return this.typeOfLoop(expression, declared);
      case 'call':
        return this.typeOfCall(expression, declared);
    }
  }

  /** The type of things that should have one. Upstream `ValidateHomogeneousAggregateLiterals` */
  private oneTypeOf(parts: readonly Expression[], declared: Declarations): string {
    const types = parts.map((part) => this.typeOf(part, declared).name);
    const [first = 'dyn'] = types;
    const other = types.findIndex((type) => type !== first);
    if (other < 0) return first;
    const [part, type] = [parts[other], types[other]];
    if (
      part &&
      first !== 'dyn' &&
      type !== 'dyn' &&
      resultOf(ofOneType, undefined, [first, type ?? '']) === undefined
    ) {
      this.later.push({ offset: part.offset, text: `expected type '${first}' but found '${type ?? ''}'` });
    }
    return 'dyn';
  }

  private typeOfField(select: Extract<Expression, { kind: 'select' }>, declared: Declarations): CelType {
    const operand = this.typeOf(select.operand, declared);
    if (operand.fields) {
      const field = operand.fields.get(select.field);
      if (!field) return this.complain(select.offset, `undefined field '${select.field}'`);
      return select.test ? bool : field;
    }
    if (operand.name !== 'dyn' && !operand.name.startsWith('map(')) {
      return this.complain(select.offset, `type '${operand.name}' does not support field selection`);
    }
    return select.test ? bool : dyn;
  }

  private typeOfLoop(loop: Extract<Expression, { kind: 'loop' }>, declared: Declarations): CelType {
    const over = this.typeOf(loop.over, declared).name;
    if (!/^(dyn$|list\(|map\()/.test(over)) {
      this.complain(
        loop.over.offset,
        `expression of type '${over}' cannot be range of a comprehension (must be list, map, or dynamic)`,
      );
    }
    const item = over.startsWith('list(') ? { name: over.slice(5, -1) } : dyn;
    const inside = new Map([...declared, [loop.variable, item]]);
    for (const part of [loop.filter, loop.macro === 'map' ? undefined : loop.body]) {
      if (part) this.wants(part, this.typeOf(part, inside), 'bool');
    }
    if (loop.macro === 'filter') return { name: over };
    return loop.macro === 'map' ? { name: `list(${this.typeOf(loop.body, inside).name})` } : bool;
  }

  private wants(part: Expression, { name }: CelType, wanted: string): void {
    if (name === wanted || name === 'dyn') return;
    this.complain(part.offset, `expected type '${wanted}' but found '${name}'`);
  }

  private typeOfCall(call: Extract<Expression, { kind: 'call' }>, declared: Declarations): CelType {
    const { name, target, args, offset } = call;
    const told = this.later.length;
    const types = args.map((arg) => this.typeOf(arg, declared));
    // What is filled into a text may be of any types.
    if (name === 'format') this.later.length = told;
    if (name === '_&&_' || name === '_||_') {
      args.forEach((arg, i) => this.wants(arg, types[i] ?? dyn, 'bool'));
      return bool;
    }
    const given = types.map((type) => type.name);
    if (!target && /^[^a-z]/i.test(name)) {
      const result = operatorResult(name, types);
      return result ? { name: result } : this.noOverload(offset, name, undefined, given);
    }
    const library = target && qualifiedName(target);
    const qualified = library === undefined ? undefined : functions.get(`${library}.${name}`);
    const on = target && !qualified ? this.typeOf(target, declared).name : undefined;
    const overloads = qualified ?? functions.get(name);
    if (!overloads) return this.undeclared(offset, name);
    const result = resultOf(overloads, on, given);
    if (result !== undefined) return { name: result };
    return this.noOverload(offset, qualified ? `${library}.${name}` : name, on, given);
  }

  private noOverload(offset: number, name: string, on: string | undefined, given: readonly string[]): CelType {
    const shown = [...(on === undefined ? [] : [on]), ...given].map((type) => type.replace(/\bnull_type\b/g, 'null'));
    const operand = on === undefined ? '' : `${shown.shift() ?? ''}.`;
    return this.complain(
      offset,
      `found no matching overload for '${name}' applied to '${operand}(${shown.join(', ')})'`,
    );
  }
}

/** `sets`, `a.b`: what may be the name of a library. */
function qualifiedName(expression: Expression): string | undefined {
  if (expression.kind === 'name') return expression.name;
  if (expression.kind !== 'select' || expression.test) return undefined;
  const operand = qualifiedName(expression.operand);
  return operand === undefined ? undefined : `${operand}.${expression.field}`;
}

function nameOfLiteral(value: unknown): string {
  if (value === null) return 'null_type';
  const names: Readonly<Record<string, string>> = {
    boolean: 'bool',
    bigint: 'int',
    number: 'double',
    string: 'string',
  };
  return names[typeof value] ?? 'dyn';
}

const ofOneType = [{ args: ['A', 'A'], result: 'bool' }];

/** Types of objects and of libraries, and moments, may be nothing. Upstream: cel-go checker/types.go `isAssignable` */
function isNullable(type: string): boolean {
  return /^(timestamp|duration|optional_type|\w+\.)/.test(type);
}

/** What an operator makes of operands of these types; undefined where it takes none such. */
function operatorResult(name: string, types: readonly CelType[]): string | undefined {
  const [a = 'dyn', b = a, c = b] = types.map((type) => type.name);
  const alike = (one: string, other: string) =>
    (one.startsWith('type(') && other.startsWith('type(')) ||
    (isNullable(one) && other === 'null_type') ||
    (isNullable(other) && one === 'null_type') ||
    resultOf(ofOneType, undefined, [one, other]) !== undefined;
  const all = (...allowed: readonly string[]) =>
    types.every((type) => type.name === 'dyn' || allowed.some((one) => type.name.startsWith(one)));
  switch (name) {
    case '_&&_':
    case '_||_':
    case '!_':
      return all('bool') ? 'bool' : undefined;
    case '_?_:_':
      if (!alike(a, 'bool') || !alike(b, c)) return undefined;
      return b === c ? b : 'dyn';
    case '_==_':
    case '_!=_':
      return alike(a, b) ? 'bool' : undefined;
    case '_<_':
    case '_<=_':
    case '_>_':
    case '_>=_':
      return all(...numbers) || (all(...ordered) && alike(a, b)) ? 'bool' : undefined;
    case '@in':
      return /^(dyn$|list\(|map\()/.test(b) ? 'bool' : undefined;
    case '_[_]':
      if (!/^(dyn$|list\(|map\()/.test(a) || (a.startsWith('list(') && !alike(b, 'int'))) return undefined;
      return a.startsWith('list(') ? a.slice(5, -1) : 'dyn';
    case '_+_':
      if (/^(timestamp,duration|duration,timestamp)$/.test(`${a},${b}`)) return 'timestamp';
      if (a === 'duration' && b === 'duration') return a;
      return all(...numbers, 'string', 'bytes', 'list(') && alike(a, b) ? either(a, b) : undefined;
    case '_-_':
      if (/^(timestamp,timestamp|duration,duration)$/.test(`${a},${b}`)) return 'duration';
      if (a === 'timestamp' && b === 'duration') return a;
      return all(...numbers) && alike(a, b) ? either(a, b) : undefined;
    case '_%_':
      return all('int', 'uint') && alike(a, b) ? either(a, b) : undefined;
    default:
      return all(...numbers) && alike(a, b) ? either(a, b) : undefined;
  }
}

function either(a: string, b: string): string {
  return a === 'dyn' ? b : a;
}
