import type { AwkInput } from './run';
import { AwkProblem, type Expression } from './syntax';
import { numeric, splitFields, text } from './values';
import { BoundedRegExp } from '../language/bounded-regexp';

/** What functions may do with the program that calls them. */
export interface AwkMachine {
  readonly record: string;
  readonly input: AwkInput;
  readonly variables: Map<string, string>;
  readonly arrays: ReadonlyMap<string, Map<string, string>>;
  value(expression: Expression): string;
  pattern(expression: Expression): RegExp;
  array(name: string): Map<string, string>;
  assign(target: Expression, value: string): void;
}

/** awk's own functions; an array that a program names is made when it is first asked for. */
export function callFunction(machine: AwkMachine, name: string, args: readonly Expression[]): string {
  const value = (index: number) => {
    const argument = args[index];
    return argument ? machine.value(argument) : '';
  };
  const [first, second, third] = args;
  switch (name) {
    case 'length':
      if (first?.kind === 'name' && machine.arrays.has(first.name)) return String(machine.array(first.name).size);
      return String((first ? value(0) : machine.record).length);
    case 'substr': {
      const start = Math.max(0, Math.round(numeric(value(1))) - 1);
      return args.length > 2 ? value(0).slice(start, start + numeric(value(2))) : value(0).slice(start);
    }
    case 'index':
      return String(value(0).indexOf(value(1)) + 1);
    case 'match': {
      const found = second && machine.pattern(second).exec(value(0));
      machine.variables.set('RSTART', String(found ? found.index + 1 : 0));
      machine.variables.set('RLENGTH', String(found ? found[0].length : -1));
      return String(found ? found.index + 1 : 0);
    }
    case 'toupper':
      return value(0).toUpperCase();
    case 'tolower':
      return value(0).toLowerCase();
    case 'int':
      return text(Math.trunc(numeric(value(0))));
    case 'in':
      return second?.kind === 'name' && machine.arrays.get(second.name)?.has(value(0)) ? '1' : '0';
    case 'sqrt':
    case 'exp':
    case 'log':
    case 'sin':
    case 'cos':
      return text(Math[name](numeric(value(0))));
    case 'atan2':
      return text(Math.atan2(numeric(value(0)), numeric(value(1))));
    case 'sprintf':
      return machine.input.format(
        value(0),
        args.slice(1).map((argument) => machine.value(argument)),
      );
    case 'split': {
      const array = machine.array(second?.kind === 'name' ? second.name : '');
      array.clear();
      const pieces = splitFields(value(0), args.length > 2 ? value(2) : (machine.variables.get('FS') ?? ' '));
      pieces.forEach((piece, index) => array.set(String(index + 1), piece));
      return String(pieces.length);
    }
    case 'sub':
    case 'gsub': {
      const target: Expression = third ?? { kind: 'field', index: { kind: 'number', value: 0 } };
      const source = first ? machine.pattern(first) : /$^/;
      const before = machine.value(target);
      let count = 0;
      const replaced = before.replace(new BoundedRegExp(source.source, name === 'gsub' ? 'g' : ''), (found) => {
        count++;
        return value(1).replace(/\\&|&/g, (sign) => (sign === '&' ? found : '&'));
      });
      if (count > 0) machine.assign(target, replaced);
      return String(count);
    }
    case 'delete':
      if (first?.kind === 'element') machine.array(first.name).delete(machine.value(first.key));
      else if (first?.kind === 'name') machine.array(first.name).clear();
      return '';
    default:
      throw new AwkProblem(`calling undefined function ${name}`);
  }
}
