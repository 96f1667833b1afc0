// Upstream: staging/src/k8s.io/apiserver/pkg/admission/plugin/resourcequota/controller.go, pkg/quota/v1/evaluator/core
import type { Container, Pod, ResourceQuota } from '../../api/generated/core-v1';
import { addQuantities, compareQuantities } from '../../api/quantity';
import { computeResource, inScopes, plainCounts, podResource } from '../../quota/usage';
import type { AdmissionAttributes, AdmissionPlugin } from '../chain';
import { asPod } from '../pod-of';
import { forbiddenBy } from '../refusal';

type Amounts = Readonly<Record<string, string>>;

/** What a container must name once a quota limits it. */
const required = /^(?:(?:requests|limits)\.)?(?:cpu|memory)$/;

/** Takes what a new object needs out of the quotas of its namespace, or refuses it. */
export const resourceQuota: AdmissionPlugin = {
  name: 'ResourceQuota',
  validate(attributes, { reader, charge }) {
    const { operation, object, namespace, subresource, dryRun } = attributes;
    if (operation !== 'CREATE' || subresource || !object || !namespace) return undefined;
    const pod = attributes.resource.name === 'pods' ? asPod(object) : undefined;
    const charged: ResourceQuota[] = [];
    for (const quota of reader.list('resourcequotas', namespace)) {
      if (pod && !inScopes(quota, pod)) continue;
      const delta = amounts(attributes, quota, pod);
      if (Object.keys(delta).length === 0) continue;
      const why = missing(quota, pod) ?? unknown(quota, delta) ?? exceeded(quota, delta);
      if (why) return forbiddenBy(attributes, why);
      charged.push({ ...quota, status: { ...quota.status, used: { ...quota.status?.used, ...sums(quota, delta) } } });
    }
    if (!dryRun) for (const quota of charged) charge(quota);
    return undefined;
  },
};

/** What the object takes of the resources that the quota limits. */
function amounts({ resource }: AdmissionAttributes, quota: ResourceQuota, pod: Pod | undefined): Amounts {
  const out: Record<string, string> = {};
  for (const name of Object.keys(quota.spec?.hard ?? {})) {
    const counted = name === `count/${resource.name}` || (plainCounts.includes(name) && name === resource.name);
    if (counted || (pod && name === 'pods')) out[name] = '1';
    else if (pod && isCompute(name)) {
      out[name] = podResource(pod, ...computeResource(name));
    }
  }
  return out;
}

function isCompute(name: string): boolean {
  return (
    required.test(name) ||
    /^(?:requests|limits)\./.test(name) ||
    name === 'ephemeral-storage' ||
    name.startsWith('hugepages-')
  );
}

/** `failed quota: q: must specify limits.memory for: web; requests.cpu for: web` */
function missing(quota: ResourceQuota, pod: Pod | undefined): string | undefined {
  if (!pod) return undefined;
  const containers: readonly Container[] = [...(pod.spec.initContainers ?? []), ...pod.spec.containers];
  const names = Object.keys(quota.spec?.hard ?? {})
    .filter((name) => required.test(name))
    .sort();
  const lacking = names.flatMap((name) => {
    const [kind, resource] = computeResource(name);
    const without = containers.filter((container) => container.resources?.[kind]?.[resource] === undefined);
    return without.length > 0 ? [`${name} for: ${without.map((one) => one.name).join(',')}`] : [];
  });
  return lacking.length > 0 ? `failed quota: ${quota.metadata.name}: must specify ${lacking.join('; ')}` : undefined;
}

/** The controller has not counted yet. */
function unknown(quota: ResourceQuota, delta: Amounts): string | undefined {
  const names = Object.keys(delta)
    .filter((name) => quota.status?.used?.[name] === undefined)
    .sort();
  return names.length > 0
    ? `status unknown for quota: ${quota.metadata.name}, resources: ${names.join(',')}`
    : undefined;
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
