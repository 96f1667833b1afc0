import type { JsonObject } from '@/kubernetes/api/object';
import type {
  ConfigMap,
  LimitRange,
  Namespace,
  ResourceQuota,
  Secret,
  ServiceAccount,
} from '@/kubernetes/api/generated/core-v1';
import type { NetworkPolicy } from '@/kubernetes/api/generated/networking-v1';
import type { PodDisruptionBudget } from '@/kubernetes/api/generated/policy-v1';
import { findResource } from '@/kubernetes/api/registry';
import { parseRfc3339, calendar, isoSeconds } from '@/kubernetes/clock/calendar';
import type { Invocation } from '../invocation';
import { selectorText } from '../printers/selector-text';
import type { Describer } from './describer';
import { describeEvents, eventsAbout } from './events';
import { Lines } from './lines';
import { annotations, head, labels } from './metadata';
import { typedList } from '../resource/typed';

/** Upstream: kubectl/pkg/describe/describe.go `ConfigMapDescriber`. */
export const describeConfigMap: Describer<ConfigMap> = (map, { invocation, events }) => {
  const lines = new Lines();
  head(lines, map);
  lines.add(0, '\nData\n====');
  for (const [key, value] of Object.entries(map.data ?? {}).sort()) lines.add(0, `${key}:\n----\n${value}\n`);
  lines.add(0, '\nBinaryData\n====');
  for (const [key, value] of Object.entries(map.binaryData ?? {}).sort()) {
    lines.add(0, `${key}: ${atob(value).length} bytes`);
  }
  lines.add(0, '');
  if (events) describeEvents(lines, eventsAbout(invocation, { ...map }), invocation.now);
  return lines.toString();
};

/** Upstream: `describeSecret`. Values are not shown, only their sizes; the token of a ServiceAccount is. */
export const describeSecret: Describer<Secret> = (secret) => {
  const lines = new Lines();
  head(lines, secret);
  lines.add(0, `\nType:\t${secret.type ?? ''}`);
  lines.add(0, '\nData\n====');
  for (const [key, value] of Object.entries(secret.data ?? {}).sort()) {
    const shown = key === 'token' && secret.type === 'kubernetes.io/service-account-token';
    lines.field(key, shown ? atob(value) : `${atob(value).length} bytes`);
  }
  return lines.toString();
};

export const describeServiceAccount: Describer<ServiceAccount> = (account, { invocation, events }) => {
  const lines = new Lines();
  head(lines, account);
  secretsOf(lines, 'Image pull secrets', account.imagePullSecrets);
  if (invocation.facts.describesTokens) {
    secretsOf(lines, 'Mountable secrets', account.secrets);
    lines.field('Tokens', '<none>');
  }
  if (events) describeEvents(lines, eventsAbout(invocation, { ...account }), invocation.now);
  return lines.toString();
};

function secretsOf(lines: Lines, title: string, list: readonly { name?: string }[] = []): void {
  if (list.length === 0) lines.field(title, '<none>');
  list.forEach(({ name = '' }, i) => lines.add(0, `${i === 0 ? `${title}:` : ' '.repeat(19)}\t${name}`));
}

/** Upstream: `describeNamespace`. */
export const describeNamespace: Describer<Namespace> = (namespace, { invocation }) => {
  const lines = new Lines();
  lines.field('Name', namespace.metadata.name);
  labels(lines, 'Labels', namespace.metadata.labels);
  annotations(lines, 'Annotations', namespace.metadata.annotations);
  lines.field('Status', namespace.status.phase);
  const conditions = namespace.status.conditions ?? [];
  if (conditions.length > 0) {
    lines.add(0, 'Conditions:');
    lines.add(1, 'Type\tStatus\tLastTransitionTime\tReason\tMessage');
    lines.add(1, '----\t------\t------------------\t------\t-------');
    for (const one of conditions) {
      const time = goTime(one.lastTransitionTime);
      lines.add(1, `${one.type}\t${one.status}\t${time}\t${one.reason ?? ''}\t${one.message ?? ''}`);
    }
  }
  const quotas = listIn<ResourceQuota>(invocation, 'resourcequotas', namespace.metadata.name);
  if (quotas.length === 0) lines.add(0, '\nNo resource quota.');
  else {
    lines.add(0, '\nResource Quotas');
    for (const quota of quotas) {
      lines.field('Name', quota.metadata.name, 1);
      scopesOf(lines, quota, 1);
      lines.add(1, 'Resource\tUsed\tHard');
      lines.add(1, '--------\t---\t---');
      quotaRows(lines, quota, 1);
    }
  }
  const ranges = listIn<LimitRange>(invocation, 'limitranges', namespace.metadata.name);
  if (ranges.length === 0) lines.add(0, '\nNo LimitRange resource.');
  else {
    lines.add(
      0,
      '\nResource Limits\n Type\tResource\tMin\tMax\tDefault Request\tDefault Limit\tMax Limit/Request Ratio',
    );
    lines.add(0, ' ----\t--------\t---\t---\t---------------\t-------------\t-----------------------');
    for (const range of ranges) limitRows(lines, range, ' ');
  }
  return lines.toString();
};

function listIn<T extends JsonObject>(invocation: Invocation, plural: string, namespace: string): T[] {
  const mapping = findResource(plural, '');
  // The caller names the resource and its type together.
  return mapping ? typedList<T>(invocation.list(mapping, { namespace })) : [];
}

/** Upstream: `helpTextForResourceQuotaScope`. */
const scopeHelp: Readonly<Record<string, string>> = {
  Terminating:
    'Matches all pods that have an active deadline. These pods have a limited lifespan on a node before being actively terminated by the system.',
  NotTerminating:
    'Matches all pods that do not have an active deadline. These pods usually include long running pods whose container command is not expected to terminate.',
  BestEffort:
    'Matches all pods that do not have resource requirements set. These pods have a best effort quality of service.',
  NotBestEffort:
    'Matches all pods that have at least one resource requirement set. These pods have a burstable or guaranteed quality of service.',
};

export const describeResourceQuota: Describer<ResourceQuota> = (quota) => {
  const lines = new Lines();
  lines.field('Name', quota.metadata.name);
  lines.field('Namespace', quota.metadata.namespace);
  scopesOf(lines, quota, 0);
  lines.add(0, 'Resource\tUsed\tHard');
  lines.add(0, '--------\t----\t----');
  quotaRows(lines, quota, 0);
  return lines.toString();
};

function scopesOf(lines: Lines, { spec }: ResourceQuota, level: number): void {
  const scopes = [...(spec.scopes ?? [])].sort();
  if (scopes.length > 0) lines.field('Scopes', scopes.join(', '), level);
  for (const scope of scopes) {
    const help = scopeHelp[scope];
    if (help !== undefined) lines.add(level, `${level === 0 ? ' ' : ''}* ${help}`);
  }
}

function quotaRows(lines: Lines, { status }: ResourceQuota, level: number): void {
  for (const name of Object.keys(status.hard ?? {}).sort()) {
    lines.add(level, `${name}\t${status.used?.[name] ?? '0'}\t${status.hard?.[name] ?? ''}`);
  }
}

export const describeLimitRange: Describer<LimitRange> = (range) => {
  const lines = new Lines();
  lines.field('Name', range.metadata.name);
  lines.field('Namespace', range.metadata.namespace);
  lines.add(0, 'Type\tResource\tMin\tMax\tDefault Request\tDefault Limit\tMax Limit/Request Ratio');
  lines.add(0, '----\t--------\t---\t---\t---------------\t-------------\t-----------------------');
  limitRows(lines, range, '');
  return lines.toString();
};

function limitRows(lines: Lines, range: LimitRange, space: string): void {
  for (const item of range.spec.limits) {
    const { min, max, defaultRequest, default: limit, maxLimitRequestRatio: ratio } = item;
    const names = [
      ...new Set([max, min, limit, defaultRequest, ratio].flatMap((one) => Object.keys(one ?? {}))),
    ].sort();
    for (const name of names) {
      const cells = [min, max, defaultRequest, limit, ratio].map((one) => one?.[name] ?? '-');
      lines.add(0, `${space}${item.type}\t${name}\t${cells.join('\t')}`);
    }
  }
}

/** Upstream: `describePodDisruptionBudget`; its status is indented by four. */
export const describePodDisruptionBudget: Describer<PodDisruptionBudget> = (budget, { invocation, events }) => {
  const { metadata, spec, status } = budget;
  const lines = new Lines();
  lines.field('Name', metadata.name);
  lines.field('Namespace', metadata.namespace);
  if (spec.minAvailable !== undefined) lines.field('Min available', spec.minAvailable);
  else if (spec.maxUnavailable !== undefined) lines.field('Max unavailable', spec.maxUnavailable);
  lines.field('Selector', spec.selector ? selectorText(spec.selector) : '<unset>');
  lines.add(0, 'Status:');
  lines.field('Allowed disruptions', status.disruptionsAllowed, 2);
  lines.field('Current', status.currentHealthy, 2);
  lines.field('Desired', status.desiredHealthy, 2);
  lines.field('Total', status.expectedPods, 2);
  if (events) describeEvents(lines, eventsAbout(invocation, { ...budget }), invocation.now);
  return lines.toString();
};

/** `2026-11-21 08:40:17 +0000 UTC`, Go's own text of a time. */
function goTime(timestamp: string | undefined): string {
  const millis = timestamp ? (parseRfc3339(timestamp) ?? 0) : 0;
  return `${isoSeconds(calendar(millis)).replace('T', ' ')} +0000 UTC`;
}

/** Upstream: `describeNetworkPolicy`. */
export const describeNetworkPolicy: Describer<NetworkPolicy> = ({ metadata, spec }) => {
  const lines = new Lines();
  lines.field('Name', metadata.name);
  lines.field('Namespace', metadata.namespace);
  lines.field('Created on', goTime(metadata.creationTimestamp));
  labels(lines, 'Labels', metadata.labels);
  annotations(lines, 'Annotations', metadata.annotations);
  lines.add(0, 'Spec:');
  const none = '<none> (Allowing the specific traffic to all pods in this namespace)';
  const chosen = selectorText(spec.podSelector);
  lines.add(1, `PodSelector:     ${chosen === '<none>' ? none : chosen}`);
  const types = spec.policyTypes ?? [];
  direction(
    lines,
    'ingress',
    types.includes('Ingress'),
    (spec.ingress ?? []).map((rule) => ({ ports: rule.ports, peers: rule.from })),
  );
  direction(
    lines,
    'egress',
    types.includes('Egress'),
    (spec.egress ?? []).map((rule) => ({ ports: rule.ports, peers: rule.to })),
  );
  lines.add(1, `Policy Types: ${types.join(', ')}`);
  return lines.toString();
};

type IngressRule = NonNullable<NetworkPolicy['spec']['ingress']>[number];

interface Rule {
  readonly ports: IngressRule['ports'];
  readonly peers: IngressRule['from'];
}

function direction(lines: Lines, name: 'ingress' | 'egress', affected: boolean, rules: readonly Rule[]): void {
  if (!affected) {
    lines.add(1, `Not affecting ${name} traffic`);
    return;
  }
  lines.add(1, `Allowing ${name} traffic:`);
  if (rules.length === 0) {
    lines.add(2, `<none> (Selected pods are isolated for ${name} connectivity)`);
    return;
  }
  const word = name === 'ingress' ? 'From' : 'To';
  for (const [i, { ports, peers }] of rules.entries()) {
    if (!ports?.length) lines.add(2, `To Port: <any> (traffic allowed to all ports)`);
    for (const { port = '<nil>', endPort, protocol = 'TCP' } of ports ?? []) {
      lines.add(
        2,
        endPort === undefined ? `To Port: ${port}/${protocol}` : `To Port Range: ${port}-${endPort}/${protocol}`,
      );
    }
    if (!peers?.length) {
      const open = name === 'ingress' ? 'traffic not restricted by source' : 'traffic not restricted by destination';
      lines.add(2, `${word}: <any> (${open})`);
    }
    for (const peer of peers ?? []) {
      lines.add(2, `${word}:`);
      if (peer.ipBlock) {
        lines.add(3, 'IPBlock:');
        lines.add(4, `CIDR: ${peer.ipBlock.cidr}`);
        lines.add(4, `Except: ${(peer.ipBlock.except ?? []).join(', ')}`);
        continue;
      }
      if (peer.namespaceSelector) lines.add(3, `NamespaceSelector: ${selectorText(peer.namespaceSelector)}`);
      if (peer.podSelector) lines.add(3, `PodSelector: ${selectorText(peer.podSelector)}`);
    }
    if (i < rules.length - 1) lines.add(2, '----------');
  }
}
