import type { Job } from '../../api/generated/batch-v1';
import { conditionOf } from '../conditions';
import { parseIndexes } from './indexes';
import type { Target } from './outcome';
import { isIndexed } from './pods';

/** That enough has succeeded, said in an earlier sync: it stays so, whatever fails now. */
export function successSaid(job: Job): Target | undefined {
  const decided = conditionOf(job.status?.conditions, 'SuccessCriteriaMet');
  return decided?.status === 'True' ? decided : undefined;
}

/** Whether enough indexes have succeeded. Upstream: pkg/controller/job/success_policy.go */
export function successOf(job: Job, succeeded: ReadonlySet<number>): Target | undefined {
  if (!isIndexed(job) || succeeded.size === 0) return undefined;
  const rules = job.spec?.successPolicy?.rules ?? [];
  const matched = rules.findIndex(({ succeededIndexes, succeededCount }) => {
    if (succeededIndexes === undefined) return succeededCount !== undefined && succeeded.size >= succeededCount;
    const required = parseIndexes(succeededIndexes);
    const met = [...required].filter((index) => succeeded.has(index)).length;
    return required.size > 0 && (met === required.size || (succeededCount !== undefined && met >= succeededCount));
  });
  if (matched < 0) return undefined;
  return { type: 'SuccessCriteriaMet', reason: 'SuccessPolicy', message: `Matched rules at index ${matched}` };
}
