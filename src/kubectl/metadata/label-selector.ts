import { type SelectorOperator, labelRequirements } from '@/kubernetes/apiserver/label-selector';
import { KubectlError } from '../errors';

export interface LabelSelector {
  matchLabels?: Record<string, string>;
  matchExpressions?: { key: string; operator: string; values?: string[] }[];
}

/**
 * `a=b,c in (d)` as the LabelSelector of an object. Upstream: apimachinery/pkg/apis/meta/v1/helpers.go
 * `ParseToLabelSelector`. Throws for a text that is none.
 */
export function labelSelectorOf(text: string): LabelSelector {
  const parsed = labelRequirements(text);
  if ('problem' in parsed) {
    throw new KubectlError(`couldn't parse the selector string ${JSON.stringify(text)}: ${parsed.problem}`);
  }
  const selector: LabelSelector = {};
  for (const { key, operator, values } of parsed.requirements) {
    const [value = ''] = values;
    if (operator === '=' || operator === '==') selector.matchLabels = { ...selector.matchLabels, [key]: value };
    else selector.matchExpressions = [...(selector.matchExpressions ?? []), expressionOf(key, operator, values)];
  }
  return selector;
}

function expressionOf(key: string, operator: SelectorOperator, values: readonly string[]) {
  switch (operator) {
    case 'in':
      return { key, operator: 'In', values: [...values] };
    case 'notin':
      return { key, operator: 'NotIn', values: [...values] };
    case '!':
      return { key, operator: 'DoesNotExist' };
    case 'exists':
      return { key, operator: 'Exists' };
    case 'gt':
    case 'lt':
      throw new KubectlError(`"${operator}" isn't supported in label selectors`);
    default:
      throw new KubectlError(`"${operator}" is not a valid label selector operator`);
  }
}
