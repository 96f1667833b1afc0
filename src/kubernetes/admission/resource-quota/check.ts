// Upstream: staging/src/k8s.io/apiserver/pkg/admission/plugin/resourcequota/controller.go `CheckRequest`
import type { ResourceQuota } from '../../api/generated/core-v1';
import { addQuantities, compareQuantities, nanosOf, subtractQuantities } from '../../api/quantity';
import type { Status } from '../../apiserver/status';
import { type Amounts, type Evaluator, evaluatorOf, matchesScopes } from '../../quota/evaluators';
import type { AdmissionAttributes, AdmissionContext } from '../chain';
import { forbiddenBy } from '../refusal';

/** Takes what an object needs out of the quotas of its namespace, or says why it is refused. */
export function checkQuotas(attributes: AdmissionAttributes, context: AdmissionContext): Status | undefined {
  const { reader, charge } = context;
  const { object, old, namespace, resource, dryRun } = attributes;
  if (!object || !namespace) return undefined;
  const evaluator = evaluatorOf(resource.name);
  if (!isCounted(attributes, evaluator)) return undefined;
  const matching: ResourceQuota[] = [];
  for (const quota of reader.list('resourcequotas', namespace)) {
    const names = Object.keys(quota.status?.hard ?? {}).filter((name) => evaluator.tracks(name));
    if (names.length === 0 || !matchesScopes(evaluator, quota, object)) continue;
    const why = evaluator.lacking?.(names, object);
    if (why) return forbiddenBy(attributes, `failed quota: ${quota.metadata.name}: ${why}`);
    const unknown = names.some((name) => quota.status?.used?.[name] === undefined);
    if (unknown) {
      const list = names.sort().join(',');
      return forbiddenBy(attributes, `status unknown for quota: ${quota.metadata.name}, resources: ${list}`);
    }
    matching.push(quota);
  }
  const usage = evaluator.usage(object);
  const charged: ResourceQuota[] = [];
  for (const quota of matching) {
    const before = old && matchesScopes(evaluator, quota, old) ? evaluator.usage(old) : {};
    const delta = more(usage, before, quota);
    const why = exceeded(quota, delta);
    if (why) return forbiddenBy(attributes, why);
    if (Object.keys(delta).length > 0)
      charged.push({ ...quota, status: { ...quota.status, used: { ...quota.status?.used, ...sums(quota, delta) } } });
  }
  if (!dryRun) for (const quota of charged) charge(quota);
  return undefined;
}

function isCounted({ operation, object, old, subresource }: AdmissionAttributes, evaluator: Evaluator): boolean {
  if (operation === 'CREATE') return !subresource;
  return operation === 'UPDATE' && !!object && !!old && evaluator.countsUpdate?.(object, old, subresource) === true;
}

/** What of the usage is new, and limited by the quota. */
function more(usage: Amounts, before: Amounts, quota: ResourceQuota): Amounts {
  const limited = Object.entries(usage).filter(([name]) => quota.status?.hard?.[name] !== undefined);
  const delta = limited.map(([name, amount]) => [name, subtractQuantities(amount, before[name])] as const);
  return Object.fromEntries(delta.filter(([, amount]) => nanosOf(amount) > 0n));
}

function exceeded(quota: ResourceQuota, delta: Amounts): string | undefined {
  const after = sums(quota, delta);
  const hard = strings(quota.status?.hard);
  const names = Object.keys(delta)
    .filter((name) => compareQuantities(after[name], hard[name]) > 0)
    .sort();
  if (names.length === 0) return undefined;
  const list = (of: Amounts) => names.map((name) => `${name}=${of[name] ?? '0'}`).join(',');
  const used = strings(quota.status?.used);
  return `exceeded quota: ${quota.metadata.name}, requested: ${list(delta)}, used: ${list(used)}, limited: ${list(hard)}`;
}

function sums(quota: ResourceQuota, delta: Amounts): Amounts {
  const used = strings(quota.status?.used);
  return Object.fromEntries(Object.entries(delta).map(([name, amount]) => [name, addQuantities(used[name], amount)]));
}

function strings(amounts: Readonly<Record<string, unknown>> | undefined): Amounts {
  return Object.fromEntries(Object.entries(amounts ?? {}).map(([name, amount]) => [name, String(amount)]));
}
