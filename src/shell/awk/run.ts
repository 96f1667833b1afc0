import { type AwkMachine, callFunction } from './functions';
import { AwkProblem, type Expression, type Rule, type Statement } from './syntax';
import { calculate, looksNumeric, numeric, splitFields, text } from './values';
import { BoundedRegExp } from '../language/bounded-regexp';

export interface AwkInput {
  readonly lines: readonly string[];
  readonly variables: ReadonlyMap<string, string>;
  /** `printf` of the shell: a format and its values. */
  readonly format: (format: string, values: readonly string[]) => string;
  readonly print: (text: string) => void;
}

class Next extends Error {}
class LeaveTurn extends Error {
  constructor(readonly kind: 'break' | 'continue') {
    super(kind);
  }
}
class Exit extends Error {
  constructor(readonly code: number) {
    super('exit');
  }
}

/** Most turns of loops in one run: a program that never ends is stopped. */
const mostTurns = 100_000;

/** Runs an awk program over lines; returns its exit code. Throws AwkProblem. */
export function runAwk(rules: readonly Rule[], input: AwkInput): number {
  return new Machine(rules, input).run();
}

class Machine implements AwkMachine {
  readonly variables = new Map<string, string>([
    ['FS', ' '],
    ['OFS', ' '],
    ['ORS', '\n'],
    ['NR', '0'],
    ['NF', '0'],
  ]);
  readonly arrays = new Map<string, Map<string, string>>();
  record = '';
  private fields: string[] = [];
  private turns = 0;
  /** The ranges that have begun. */
  private readonly open = new Set<Rule>();

  constructor(
    private readonly rules: readonly Rule[],
    readonly input: AwkInput,
  ) {
    for (const [name, value] of input.variables) this.variables.set(name, value);
  }

  run(): number {
    try {
      this.phase('BEGIN');
      if (this.rules.some((rule) => rule.when !== 'BEGIN')) {
        for (const [index, line] of this.input.lines.entries()) {
          this.variables.set('NR', String(index + 1));
          this.setRecord(line);
          this.oneLine();
        }
      }
      this.phase('END');
    } catch (problem) {
      if (problem instanceof Exit) return problem.code;
      throw problem;
    }
    return 0;
  }

  private phase(when: 'BEGIN' | 'END'): void {
    for (const rule of this.rules) if (rule.when === when && rule.body) this.execute(rule.body);
  }

  private oneLine(): void {
    try {
      for (const rule of this.rules) {
        const { when, until, body } = rule;
        if (when === 'BEGIN' || when === 'END') continue;
        if (until ? !this.inRange(rule, until) : when !== undefined && !this.truth(when)) continue;
        if (body) this.execute(body);
        else this.output(this.record);
      }
    } catch (problem) {
      if (!(problem instanceof Next)) throw problem;
    }
  }

  /** Whether the line lies between one for which `when` is true and one for which `until` is. */
  private inRange(rule: Rule, until: Expression): boolean {
    const begins = typeof rule.when === 'object' && this.truth(rule.when);
    if (!this.open.has(rule) && !begins) return false;
    if (this.truth(until)) this.open.delete(rule);
    else this.open.add(rule);
    return true;
  }

  /** A turn of a loop; false when `break` ends the loop. */
  private turn(body: Statement): boolean {
    try {
      this.execute(body);
    } catch (problem) {
      if (!(problem instanceof LeaveTurn)) throw problem;
      return problem.kind === 'continue';
    }
    return true;
  }

  private execute(statement: Statement): void {
    if (++this.turns > mostTurns) throw new AwkProblem(`stopped after ${mostTurns} steps`);
    switch (statement.kind) {
      case 'block':
        for (const inner of statement.body) this.execute(inner);
        break;
      case 'expression':
        this.value(statement.value);
        break;
      case 'print': {
        const values = statement.values.map((value) => this.value(value));
        if (statement.format) this.input.print(this.input.format(values[0] ?? '', values.slice(1)));
        else this.output(values.length === 0 ? this.record : values.join(this.variables.get('OFS') ?? ' '));
        break;
      }
      case 'if':
        if (this.truth(statement.condition)) this.execute(statement.yes);
        else if (statement.no) this.execute(statement.no);
        break;
      case 'forIn':
        for (const key of [...this.array(statement.array).keys()]) {
          this.variables.set(statement.name, key);
          if (!this.turn(statement.body)) break;
        }
        break;
      case 'loop':
        if (statement.first) this.value(statement.first);
        while (!statement.condition || this.truth(statement.condition)) {
          if (!this.turn(statement.body)) break;
          if (statement.step) this.value(statement.step);
        }
        break;
      case 'next':
        throw new Next();
      case 'break':
      case 'continue':
        throw new LeaveTurn(statement.kind);
      case 'exit':
        throw new Exit(statement.value ? numeric(this.value(statement.value)) : 0);
    }
  }

  private output(text: string): void {
    this.input.print(text + (this.variables.get('ORS') ?? '\n'));
  }

  private truth(expression: Expression): boolean {
    if (expression.kind === 'regex') return expression.value.test(this.record);
    if (expression.kind === 'string') return expression.value !== '';
    const value = this.value(expression);
    return looksNumeric(value) ? numeric(value) !== 0 : value !== '';
  }

  value(expression: Expression): string {
    switch (expression.kind) {
      case 'number':
        return text(expression.value);
      case 'string':
        return expression.value;
      case 'regex':
        return expression.value.test(this.record) ? '1' : '0';
      case 'name':
        return this.variables.get(expression.name) ?? '';
      case 'field':
        return this.field(numeric(this.value(expression.index)));
      case 'element': {
        // To name an element is to make it.
        const [array, key] = [this.array(expression.name), this.value(expression.key)];
        if (!array.has(key)) array.set(key, '');
        return array.get(key) ?? '';
      }
      case 'unary': {
        if (expression.operator === '!') return this.truth(expression.operand) ? '0' : '1';
        const operand = numeric(this.value(expression.operand));
        return text(expression.operator === '-' ? -operand : operand);
      }
      case 'binary':
        return this.binary(expression.operator, expression.left, expression.right);
      case 'choice':
        return this.value(this.truth(expression.condition) ? expression.yes : expression.no);
      case 'assign': {
        const value = this.value(expression.value);
        const operator = expression.operator.slice(0, -1);
        const result =
          operator === '' ? value : text(calculate(operator, numeric(this.value(expression.target)), numeric(value)));
        this.assign(expression.target, result);
        return result;
      }
      case 'step': {
        const before = numeric(this.value(expression.target));
        this.assign(expression.target, text(before + expression.by));
        return text(expression.before ? before + expression.by : before);
      }
      case 'call':
        return callFunction(this, expression.name, expression.args);
    }
  }

  private binary(operator: string, left: Expression, right: Expression): string {
    const bool = (value: boolean) => (value ? '1' : '0');
    if (operator === '&&') return bool(this.truth(left) && this.truth(right));
    if (operator === '||') return bool(this.truth(left) || this.truth(right));
    if (operator === '~' || operator === '!~')
      return bool(this.pattern(right).test(this.value(left)) === (operator === '~'));
    const [a, b] = [this.value(left), this.value(right)];
    if (operator === 'cat') {
      if (a.length + b.length > 1_000_000) throw new AwkProblem('string too long');
      return a + b;
    }
    const literal = left.kind === 'string' || right.kind === 'string';
    const numbers = !literal && looksNumeric(a) && looksNumeric(b);
    const order = numbers ? numeric(a) - numeric(b) : a < b ? -1 : a > b ? 1 : 0;
    switch (operator) {
      case '==':
        return bool(order === 0);
      case '!=':
        return bool(order !== 0);
      case '<':
        return bool(order < 0);
      case '<=':
        return bool(order <= 0);
      case '>':
        return bool(order > 0);
      case '>=':
        return bool(order >= 0);
      default:
        return text(calculate(operator, numeric(a), numeric(b)));
    }
  }

  pattern(expression: Expression): RegExp {
    if (expression.kind === 'regex') return expression.value;
    try {
      return new BoundedRegExp(this.value(expression));
    } catch {
      throw new AwkProblem('regular expression compile failed');
    }
  }

  assign(target: Expression, value: string): void {
    if (target.kind === 'name') this.variables.set(target.name, value);
    else if (target.kind === 'element') this.array(target.name).set(this.value(target.key), value);
    else if (target.kind === 'field') {
      const index = numeric(this.value(target.index));
      if (index === 0) this.setRecord(value);
      else if (index > 0 && index < 10_000) {
        while (this.fields.length < index) this.fields.push('');
        this.fields[index - 1] = value;
        this.record = this.fields.join(this.variables.get('OFS') ?? ' ');
        this.variables.set('NF', String(this.fields.length));
      }
    } else throw new AwkProblem('syntax error: cannot assign to it');
  }

  array(name: string): Map<string, string> {
    let array = this.arrays.get(name);
    if (!array) this.arrays.set(name, (array = new Map()));
    return array;
  }

  private setRecord(line: string): void {
    this.record = line;
    this.fields = splitFields(line, this.variables.get('FS') ?? ' ');
    this.variables.set('NF', String(this.fields.length));
  }

  private field(index: number): string {
    return index === 0 ? this.record : (this.fields[index - 1] ?? '');
  }
}
