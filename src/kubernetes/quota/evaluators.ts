// Upstream: pkg/quota/v1/evaluator/core, staging/src/k8s.io/apiserver/pkg/quota/v1/generic/evaluator.go
import { isExtended } from '../api/core/pod-spec/resource-names';
import { qosClass } from '../api/core/pod/qos';
import type {
  Container,
  PersistentVolumeClaim,
  Pod,
  PodAffinityTerm,
  ResourceQuota,
  Service,
} from '../api/generated/core-v1';
import type { KubeObject } from '../api/object';
import { addQuantities, nanosOf, quantityRoundedUp } from '../api/quantity';
import { podTotal } from '../placement/pod-total';

export type Amounts = Readonly<Record<string, string>>;

/** One of a quota's `scopes` or of the expressions of its `scopeSelector`. */
interface ScopeTerm {
  readonly scopeName: string;
  readonly operator: string;
  readonly values?: readonly string[];
}

/** What objects of one resource take of quotas. */
export interface Evaluator {
  /** Whether it counts what a quota limits by this name. */
  tracks(name: string): boolean;
  usage(object: KubeObject): Amounts;
  inScope(term: ScopeTerm, object: KubeObject): boolean;
  /** What the object has to name because these are limited. */
  lacking?(names: readonly string[], object: KubeObject): string | undefined;
  /** Whether a change, too, can take of a quota. */
  countsUpdate?(object: KubeObject, old: KubeObject, subresource: string | undefined): boolean;
}

/** Counted without `count/`: pkg/quota/v1/evaluator/core/registry.go */
const aliases: ReadonlySet<string> = new Set(['configmaps', 'replicationcontrollers', 'resourcequotas', 'secrets']);

/** Of the resource by its name with group: `pods`, `deployments.apps`. */
export function evaluatorOf(resource: string): Evaluator {
  if (resource === 'pods') return pods;
  if (resource === 'services') return services;
  if (resource === 'persistentvolumeclaims') return claims;
  const names = [`count/${resource}`, ...(aliases.has(resource) ? [resource] : [])];
  return {
    tracks: (name) => names.includes(name),
    usage: () => Object.fromEntries(names.map((name) => [name, '1'])),
    inScope: () => false,
  };
}

/** Which resource is counted under a name of a quota. */
export function countedBy(name: string): string | undefined {
  if (pods.tracks(name)) return 'pods';
  if (services.tracks(name)) return 'services';
  if (claims.tracks(name)) return 'persistentvolumeclaims';
  return aliases.has(name) ? name : /^count\/(.+)$/.exec(name)?.[1];
}

export function matchesScopes(evaluator: Evaluator, { spec }: ResourceQuota, object: KubeObject): boolean {
  const plain = (spec?.scopes ?? []).map((scopeName) => ({ scopeName, operator: 'Exists' }));
  const terms: ScopeTerm[] = [...plain, ...(spec?.scopeSelector?.matchExpressions ?? [])];
  return terms.every((term) => evaluator.inScope(term, object));
}

const computed = /^(?:requests\.|limits\.)?(?:cpu|memory|ephemeral-storage)$/;

/** What every container has to name once it is limited. */
const required = /^(?:(?:requests|limits)\.)?(?:cpu|memory)$/;

const pods: Evaluator = {
  tracks(name) {
    if (name === 'pods' || name === 'count/pods' || computed.test(name)) return true;
    if (/^(?:requests\.)?hugepages-/.test(name)) return true;
    return /^requests\.deviceclass\.resource\.kubernetes\.io\//.test(name) || isExtendedRequest(name);
  },
  usage(object) {
    const pod = object as Pod;
    if (isFinished(pod)) return { 'count/pods': '1' };
    const requests = podTotal(pod.spec, 'requests');
    const limits = podTotal(pod.spec, 'limits');
    const overhead = Object.entries(pod.spec.overhead ?? {});
    const asked: Record<string, string> = { ...requests };
    for (const [name, amount] of overhead) asked[name] = addQuantities(asked[name], String(amount));
    const capped: Record<string, string> = { ...limits };
    for (const [name, amount] of overhead)
      if (nanosOf(capped[name]) !== 0n) capped[name] = addQuantities(capped[name], String(amount));
    return { 'count/pods': '1', ...computeUsage(asked, capped) };
  },
  inScope: (term, object) => podInScope(term, object as Pod),
  lacking(names, object) {
    const { spec } = object as Pod;
    if (Object.keys({ ...spec.resources?.requests, ...spec.resources?.limits }).length > 0) return undefined;
    const containers: readonly Container[] = [...spec.containers, ...(spec.initContainers ?? [])];
    const used = containers.map(({ name, resources }) => ({
      name,
      usage: computeUsage(resources?.requests ?? {}, resources?.limits ?? {}),
    }));
    const why = names
      .filter((name) => required.test(name))
      .sort()
      .flatMap((name) => {
        const without = used.filter(({ usage }) => usage[name] === undefined).map((one) => one.name);
        return without.length > 0 ? [`${name} for: ${[...new Set(without)].sort().join(',')}`] : [];
      });
    return why.length > 0 ? `must specify ${why.join('; ')}` : undefined;
  },
  countsUpdate: (object, old, subresource) =>
    subresource === 'resize' || (!subresource && isTerminating(object as Pod) !== isTerminating(old as Pod)),
};

/** `requests.example.com/gpu`: of extended resources only requests can be limited. */
function isExtendedRequest(name: string): boolean {
  return name.startsWith('requests.') && isExtended(name.slice('requests.'.length));
}

/** By all names under which a quota can limit it. */
function computeUsage(requests: Readonly<Record<string, string>>, limits: Readonly<Record<string, string>>): Amounts {
  const out: Record<string, string> = { pods: '1' };
  for (const name of ['cpu', 'memory', 'ephemeral-storage']) {
    const request = requests[name];
    const limit = limits[name];
    if (request !== undefined) out[name] = out[`requests.${name}`] = String(request);
    if (limit !== undefined) out[`limits.${name}`] = String(limit);
  }
  for (const [name, request] of Object.entries(requests)) {
    if (name.startsWith('hugepages-')) out[name] = out[`requests.${name}`] = String(request);
    else if (isExtended(name)) out[`requests.${name}`] = String(request);
  }
  return out;
}

/** Finished Pods are free: `QuotaV1Pod`. */
function isFinished(pod: Pod): boolean {
  const phase = (pod.status as Pod['status'] | undefined)?.phase;
  return phase === 'Succeeded' || phase === 'Failed';
}

function isTerminating(pod: Pod): boolean {
  return pod.spec.activeDeadlineSeconds !== undefined;
}

function podInScope(term: ScopeTerm, pod: Pod): boolean {
  switch (term.scopeName) {
    case 'Terminating':
      return isTerminating(pod);
    case 'NotTerminating':
      return !isTerminating(pod);
    case 'BestEffort':
      return qosClass(pod.spec) === 'BestEffort';
    case 'NotBestEffort':
      return qosClass(pod.spec) !== 'BestEffort';
    case 'PriorityClass':
      return isSelected(term, pod.spec.priorityClassName ? [pod.spec.priorityClassName] : []);
    case 'CrossNamespacePodAffinity':
      return affinityTerms(pod).some(
        ({ namespaces, namespaceSelector }) => (namespaces?.length ?? 0) > 0 || namespaceSelector !== undefined,
      );
    default:
      return false;
  }
}

function affinityTerms({ spec }: Pod): PodAffinityTerm[] {
  return [spec.affinity?.podAffinity, spec.affinity?.podAntiAffinity].flatMap((side) => [
    ...(side?.requiredDuringSchedulingIgnoredDuringExecution ?? []),
    ...(side?.preferredDuringSchedulingIgnoredDuringExecution ?? []).map(({ podAffinityTerm }) => podAffinityTerm),
  ]);
}

/** As a label selector sees a label that is absent where there is no name. */
function isSelected({ operator, values = [] }: ScopeTerm, names: readonly string[]): boolean {
  switch (operator) {
    case 'Exists':
      return names.length > 0;
    case 'DoesNotExist':
      return names.length === 0;
    case 'NotIn':
      return names.length === 0 || names.some((name) => !values.includes(name));
    default:
      return names.some((name) => values.includes(name));
  }
}

const serviceNames = new Set(['services', 'count/services', 'services.nodeports', 'services.loadbalancers']);

const services: Evaluator = {
  tracks: (name) => serviceNames.has(name),
  usage(object) {
    const { spec } = object as Service;
    const ports = spec.ports ?? [];
    const balanced = spec.type === 'LoadBalancer';
    // Ports are not drawn yet: what counts is the intent.
    const counted =
      balanced && spec.allocateLoadBalancerNodePorts === false ? ports.filter((port) => port.nodePort) : ports;
    return {
      services: '1',
      'count/services': '1',
      'services.nodeports': balanced || spec.type === 'NodePort' ? String(counted.length) : '0',
      'services.loadbalancers': balanced ? '1' : '0',
    };
  },
  inScope: () => false,
  countsUpdate: (_object, _old, subresource) => !subresource,
};

const claimNames = /^(?:.*\.storageclass\.storage\.k8s\.io\/)?(?:persistentvolumeclaims|requests\.storage)$/;

const claims: Evaluator = {
  tracks: (name) => name === 'count/persistentvolumeclaims' || claimNames.test(name),
  usage(object) {
    const { metadata, spec } = object as PersistentVolumeClaim;
    const storageClass = metadata.annotations?.['volume.beta.kubernetes.io/storage-class'] ?? spec.storageClassName;
    const storage = spec.resources?.requests?.storage;
    const usage: Record<string, string> = { persistentvolumeclaims: '1' };
    if (storage !== undefined) usage['requests.storage'] = quantityRoundedUp(String(storage), 0);
    const ofClass = storageClass
      ? Object.entries(usage).map(([name, amount]) => [`${storageClass}.storageclass.storage.k8s.io/${name}`, amount])
      : [];
    return { 'count/persistentvolumeclaims': '1', ...usage, ...Object.fromEntries(ofClass) };
  },
  inScope(term, object) {
    if (term.scopeName !== 'VolumeAttributesClass') return false;
    const { spec, status } = object as PersistentVolumeClaim;
    const names = [
      spec.volumeAttributesClassName,
      status?.currentVolumeAttributesClassName,
      status?.modifyVolumeStatus?.targetVolumeAttributesClassName,
    ];
    return isSelected(
      term,
      names.filter((name): name is string => name !== undefined && name !== ''),
    );
  },
  countsUpdate: (_object, _old, subresource) => !subresource,
};
