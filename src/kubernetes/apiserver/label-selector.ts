import { labelValueErrors, qualifiedNameErrors } from '../api/meta/names';

/** The operators as a selector writes them; `exists` for a key alone, `!` before one. */
export type SelectorOperator = '=' | '==' | '!=' | 'in' | 'notin' | 'gt' | 'lt' | 'exists' | '!';

/** One requirement of a label selector. Upstream: apimachinery/pkg/labels/selector.go `Requirement`. */
export interface Requirement {
  readonly key: string;
  readonly operator: SelectorOperator;
  /** Sorted, each once. */
  readonly values: readonly string[];
}

type Labels = Readonly<Record<string, string>>;

export type LabelMatcher = { readonly matches: (labels: Labels) => boolean } | { readonly problem: string };

const everything: LabelMatcher = { matches: () => true };

/** Reads a selector as it stands in a URL: `app=web,tier!=db,env in (a, b),!canary`. */
export function parseLabelSelector(text: string | undefined): LabelMatcher {
  if (!text?.trim()) return everything;
  const parsed = labelRequirements(text);
  if ('problem' in parsed) return parsed;
  return { matches: (labels) => parsed.requirements.every((one) => holds(one, labels)) };
}

/** The requirements of a selector, by key; or what is wrong with it. Upstream: selector.go `ParseToRequirements`. */
export function labelRequirements(
  text: string,
): { readonly requirements: readonly Requirement[] } | { readonly problem: string } {
  try {
    const requirements = new Parser(text).parse();
    return { requirements: requirements.sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0)) };
  } catch (error) {
    if (error instanceof SelectorProblem) return { problem: error.message };
    throw error;
  }
}

/** Upstream: selector.go `Requirement.Matches`. */
function holds({ key, operator, values }: Requirement, labels: Labels): boolean {
  const value = labels[key];
  switch (operator) {
    case '=':
    case '==':
    case 'in':
      return value !== undefined && values.includes(value);
    case '!=':
    case 'notin':
      return value === undefined || !values.includes(value);
    case 'exists':
      return value !== undefined;
    case '!':
      return value === undefined;
    case 'gt':
    case 'lt': {
      if (value === undefined || !isInteger(value)) return false;
      const [have, limit] = [BigInt(value), BigInt(values[0] ?? '0')];
      return operator === 'gt' ? have > limit : have < limit;
    }
  }
}

function isInteger(text: string): boolean {
  return /^[+-]?\d+$/.test(text);
}

class SelectorProblem extends Error {}

const binary: Readonly<Record<string, SelectorOperator>> = {
  '=': '=',
  '==': '==',
  '!=': '!=',
  in: 'in',
  notin: 'notin',
  '>': 'gt',
  '<': 'lt',
};
const operatorNames = 'in, notin, =, ==, !=, gt, lt';
const isSpecial = (token: string) => /^[=!(),><]/.test(token);
/** `in` and `notin` are identifiers wherever no operator can stand. */
const isIdentifier = (token: string) => token !== '' && !isSpecial(token);

/** Upstream: selector.go `Parser`. The empty token is the end. */
class Parser {
  private readonly tokens: readonly string[];
  private at = 0;

  constructor(text: string) {
    this.tokens = text.match(/!=|==|[=!<>(),]|[^\s!=<>(),]+/g) ?? [];
  }

  parse(): Requirement[] {
    const requirements: Requirement[] = [];
    for (;;) {
      const token = this.peek();
      if (token === '') return requirements;
      if (!isIdentifier(token) && token !== '!') {
        throw new SelectorProblem(`found '${token}', expected: !, identifier, or 'end of string'`);
      }
      requirements.push(this.requirement());
      const next = this.take();
      if (next === '') return requirements;
      if (next !== ',') throw new SelectorProblem(`found '${next}', expected: ',' or 'end of string'`);
      const after = this.peek();
      if (!isIdentifier(after) && after !== '!') {
        throw new SelectorProblem(`found '${after}', expected: identifier after ','`);
      }
    }
  }

  private peek(): string {
    return this.tokens[this.at] ?? '';
  }

  private take(): string {
    return this.tokens[this.at++] ?? '';
  }

  private fail(text: string): never {
    throw new SelectorProblem(`unable to parse requirement: ${text}`);
  }

  private requirement(): Requirement {
    const negated = this.peek() === '!';
    if (negated) this.at++;
    const key = this.take();
    if (!isIdentifier(key)) this.fail(`found '${key}', expected: identifier`);
    const bad = qualifiedNameErrors(key);
    if (bad.length > 0) this.fail(`<nil>: Invalid value: ${JSON.stringify(key)}: ${bad.join('; ')}`);
    if (negated) return { key, operator: '!', values: [] };
    if (this.peek() === '' || this.peek() === ',') return { key, operator: 'exists', values: [] };
    const word = this.take();
    const operator = binary[word];
    if (operator === undefined) this.fail(`found '${word}', expected: ${operatorNames}`);
    const values = operator === 'in' || operator === 'notin' ? this.values() : [this.value()];
    this.check(key, operator, values);
    return { key, operator, values };
  }

  /** Upstream: selector.go `NewRequirement`. */
  private check(key: string, operator: SelectorOperator, values: readonly string[]): void {
    const problems: string[] = [];
    values.forEach((value, i) => {
      if ((operator === 'gt' || operator === 'lt') && !isInteger(value)) {
        problems.push(
          `values[${i}]: Invalid value: ${JSON.stringify(value)}: for 'Gt', 'Lt' operators, the value must be an integer`,
        );
      }
    });
    values.forEach((value, i) => {
      const bad = labelValueErrors(value);
      if (bad.length > 0)
        problems.push(`values[${i}][${key}]: Invalid value: ${JSON.stringify(value)}: ${bad.join('; ')}`);
    });
    const [first] = problems;
    if (first !== undefined) this.fail(problems.length === 1 ? first : `[${problems.join(', ')}]`);
  }

  private value(): string {
    if (this.peek() === '' || this.peek() === ',') return '';
    const token = this.take();
    return isIdentifier(token) ? token : this.fail(`found '${token}', expected: identifier`);
  }

  /** `(a,b)`. Upstream: selector.go `parseValues`, `parseIdentifiersList`. */
  private values(): string[] {
    const open = this.take();
    if (open !== '(') this.fail(`found '${open}' expected: '('`);
    const first = this.peek();
    if (first === ')') {
      this.at++;
      return [''];
    }
    if (!isIdentifier(first) && first !== ',') this.fail(`found '${first}', expected: ',', ')' or identifier`);
    const values = new Set<string>();
    for (;;) {
      const token = this.take();
      if (isIdentifier(token)) {
        values.add(token);
        const next = this.peek();
        if (next === ')') break;
        if (next !== ',') this.fail(`found '${next}', expected: ',' or ')'`);
      } else if (token === ',') {
        if (values.size === 0 || this.peek() === ',' || this.peek() === ')') values.add('');
        if (this.peek() === ')') break;
      } else this.fail(`found '${token}', expected: ',', or identifier`);
    }
    this.at++;
    return [...values].sort();
  }
}
