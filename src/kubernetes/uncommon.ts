import { provideQuotas } from './admission/plugins/resource-quota';
import { provideEvaluation } from './admission/plugins/validating-admission-policy';
import { checkQuotas } from './admission/resource-quota/check';
import { denials } from './admission/validating-admission-policy/evaluation';
import { provideKinds } from './api/registry';
import { uncommonKindDefinitions } from './api/uncommon-kinds';

/**
 * Hands the server what few manifests need: the rules of the rarer kinds, what quotas count, and the language of
 * admission policies.
 */
export function provideUncommon(): void {
  provideKinds(uncommonKindDefinitions);
  provideQuotas(checkQuotas);
  provideEvaluation(denials);
}
