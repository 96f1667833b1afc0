/** One requirement of a label selector, ready to be asked. */
type Requirement = (labels: Readonly<Record<string, string>>) => boolean;

export type LabelMatcher = { readonly matches: Requirement } | { readonly problem: string };

const everything: LabelMatcher = { matches: () => true };

/**
 * Reads a selector as it stands in a URL: `app=web,tier!=db,env in (a, b),!canary`. Upstream:
 * staging/src/k8s.io/apimachinery/pkg/labels/selector.go `Parse`.
 */
export function parseLabelSelector(text: string | undefined): LabelMatcher {
  if (!text?.trim()) return everything;
  const tokens = text.match(/!=|==|=|!|<|>|\(|\)|,|[^\s!=<>(),]+/g) ?? [];
  const reader = new TokenReader(tokens);
  const requirements: Requirement[] = [];
  for (;;) {
    const requirement = reader.requirement();
    if (typeof requirement === 'string') return { problem: `unable to parse requirement: ${requirement}` };
    requirements.push(requirement);
    const next = reader.take();
    if (next === undefined) break;
    if (next !== ',')
      return { problem: `unable to parse requirement: found '${next}', expected: ',' or 'end of string'` };
  }
  return { matches: (labels) => requirements.every((one) => one(labels)) };
}

class TokenReader {
  private at = 0;

  constructor(private readonly tokens: readonly string[]) {}

  take(): string | undefined {
    return this.tokens[this.at++];
  }

  private peek(): string | undefined {
    return this.tokens[this.at];
  }

  /** The requirement, or why there is none. */
  requirement(): Requirement | string {
    let negated = false;
    if (this.peek() === '!') {
      this.at++;
      negated = true;
    }
    const key = this.take();
    if (key === undefined || /^[!=<>(),]/.test(key)) {
      return `found '${key ?? ''}', expected: !, identifier, or 'end of string'`;
    }
    if (negated) return (labels) => labels[key] === undefined;
    const operator = this.peek();
    if (operator === undefined || operator === ',') return (labels) => labels[key] !== undefined;
    this.at++;
    return this.comparison(key, operator);
  }

  private comparison(key: string, operator: string): Requirement | string {
    switch (operator) {
      case '=':
      case '==':
      case '!=': {
        const value = this.value();
        if (operator === '!=') return (labels) => labels[key] !== value;
        return (labels) => labels[key] === value;
      }
      case 'in':
      case 'notin': {
        const values = this.values();
        if (typeof values === 'string') return values;
        const positive = operator === 'in';
        return (labels) => {
          const value = labels[key];
          return value === undefined ? !positive : values.includes(value) === positive;
        };
      }
      case '<':
      case '>': {
        const limit = Number(this.value());
        return (labels) => {
          const value = Number(labels[key] ?? NaN);
          return operator === '<' ? value < limit : value > limit;
        };
      }
      default:
        return `found '${operator}', expected: in, notin, =, ==, !=, gt, lt`;
    }
  }

  private value(): string {
    const next = this.peek();
    if (next === undefined || next === ',') return '';
    this.at++;
    return next;
  }

  private values(): string[] | string {
    const open = this.take();
    if (open !== '(') return `found '${open ?? ''}' expected: '('`;
    const values: string[] = [];
    for (;;) {
      const token = this.take();
      if (token === undefined) return `found '', expected: ',', or ')'`;
      if (token === ')') return values;
      if (token !== ',') values.push(token);
    }
  }
}
