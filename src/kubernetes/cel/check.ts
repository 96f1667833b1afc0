// Upstream: cel-go checker/checker.go, checker/errors.go
import type { Expression } from './expression';
import { globals, members, notSimulated } from './functions';
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
  if (checker.issues.length > 0) throw new CelError(source, checker.issues);
  return type;
}

const numbers = ['int', 'uint', 'double'];
const ordered = [...numbers, 'string', 'bool', 'bytes'];

class Checker {
  readonly issues: CelIssue[] = [];

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
        return declared.get(expression.name) ?? this.undeclared(expression.offset, expression.name);
      case 'list': {
        const types = new Set(expression.items.map((item) => this.typeOf(item, declared).name));
        return { name: `list(${types.size === 1 ? [...types].join('') : 'dyn'})` };
      }
      case 'map':
        for (const part of expression.entries.flat()) this.typeOf(part, declared);
        return { name: 'map(dyn, dyn)' };
      case 'select':
        return this.typeOfField(expression, declared);
      case 'loop':
        return this.typeOfLoop(expression, declared);
      case 'call':
        return this.typeOfCall(expression, declared);
    }
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
    const types = args.map((arg) => this.typeOf(arg, declared));
    if (target) this.typeOf(target, declared);
    else if (/^[^a-z]/i.test(name)) {
      const result = operatorResult(name, types);
      if (result) return { name: result };
      const shown = types.map((type) => type.name).join(', ');
      return this.complain(
        offset,
        `found no matching overload for '${name === '@in' ? '@in' : name}' applied to '(${shown})'`,
      );
    }
    const known = (target ? members : globals).get(name);
    if (known) return { name: known.result };
    return notSimulated.has(name) ? dyn : this.undeclared(offset, name);
  }
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

/** What an operator makes of operands of these types; undefined where it takes none such. */
function operatorResult(name: string, types: readonly CelType[]): string | undefined {
  const [a = 'dyn', b = a, c = b] = types.map((type) => type.name);
  const alike = (one: string, other: string) => one === other || one === 'dyn' || other === 'dyn';
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
      if (!/^(dyn$|list\(|map\()/.test(a)) return undefined;
      return a.startsWith('list(') ? a.slice(5, -1) : 'dyn';
    case '_+_':
      return all(...numbers, 'string', 'bytes', 'list(') && alike(a, b) ? either(a, b) : undefined;
    case '_%_':
      return all('int', 'uint') && alike(a, b) ? either(a, b) : undefined;
    default:
      return all(...numbers) && alike(a, b) ? either(a, b) : undefined;
  }
}

function either(a: string, b: string): string {
  return a === 'dyn' ? b : a;
}
