import type { Container, Pod, PodSpec, ResourceRequirements } from '../api/generated/core-v1';
import { addQuantities, compareQuantities, formatQuantity, milliValue } from '../api/quantity';
import { isSidecar } from './pod-text';

type Amounts = Record<string, string>;
type Side = 'requests' | 'limits';

// pkg/kubelet/cm/helpers_linux.go
const minShares = 2;
const minMilliLimit = 10;
/** What `memory.limit_in_bytes` of a cgroup v1 says where nothing limits: 2^63 less a page, as the kernel rounds it. */
const unlimited = '9007199254740988Ki';

/** What the status of a Pod says about the Pod's own resources. Since 1.36, feature gate InPlacePodLevelResourcesVerticalScaling. */
export interface ReportedResources {
  readonly allocatedResources?: Amounts;
  readonly resources: ResourceRequirements;
}

/** What has become of a Pod whose resources have been changed. */
interface Resized {
  /** The spec with what is in force. */
  readonly inForce: PodSpec;
  /** What was told before. */
  readonly before: ResourceRequirements | undefined;
}

/**
 * Once a Pod runs, what is read from its cgroups; before, what was allocated to it. What cannot be read there stays as
 * it was told first.
 * Upstream: pkg/kubelet/kubelet_pods.go `convertToAPIPodLevelResourcesStatus`
 */
export function reportedResources({ spec, status }: Pod, cgroups: 'v1' | 'v2', resized?: Resized): ReportedResources {
  const runs = status.phase === 'Running';
  if (resized) return resourcesOf(spec, runs, cgroups, resized);
  const last = reported.get(spec);
  if (last?.runs === runs && last.cgroups === cgroups) return last.said;
  const said = resourcesOf(spec, runs, cgroups);
  reported.set(spec, { runs, cgroups, said });
  return said;
}

/** Stored specs never change, and the versions of a status share what is said of them. */
const reported = new WeakMap<
  PodSpec,
  { readonly runs: boolean; readonly cgroups: 'v1' | 'v2'; readonly said: ReportedResources }
>();

function resourcesOf(spec: PodSpec, runs: boolean, cgroups: 'v1' | 'v2', resized?: Resized): ReportedResources {
  const granted = amounts(spec, 'requests');
  const allocated = some(granted) ? { allocatedResources: granted } : {};
  if (!runs) return { ...allocated, resources: requirements(spec, granted, amounts(spec, 'limits')) };
  const inForce = resized?.inForce ?? spec;
  const requests = resized ? amounts(inForce, 'requests') : granted;
  const limits = amounts(inForce, 'limits');
  const before = resized ? resized.before : requirements(spec, requests, limits);
  const wanted: Amounts = { ...spec.resources?.requests };
  const allowed: Amounts = { ...spec.resources?.limits };
  const cpu = cpuOf(milliValue(requests.cpu), cgroups);
  if (cpu > minShares) wanted.cpu = milli(cpu);
  const memory = before?.requests?.memory ?? requests.memory;
  if (memory !== undefined) wanted.memory = memory;
  const containers = [...inForce.containers, ...(inForce.initContainers ?? [])];
  const limited = (resource: string) =>
    inForce.resources?.limits?.[resource] !== undefined ||
    containers.every((one) => one.resources?.limits?.[resource] !== undefined);
  if (!limited('cpu')) keep(allowed, before?.limits, 'cpu');
  else if (milliValue(limits.cpu) > minMilliLimit) allowed.cpu = milli(milliValue(limits.cpu));
  if (limited('memory') && limits.memory !== undefined) allowed.memory = limits.memory;
  else if (cgroups === 'v1') allowed.memory = unlimited;
  else keep(allowed, before?.limits, 'memory');
  return { ...allocated, resources: requirements(spec, wanted, allowed) };
}

function keep(into: Amounts, before: Amounts | undefined, name: string): void {
  const amount = before?.[name];
  if (amount !== undefined) into[name] = amount;
}

function requirements({ resources }: PodSpec, requests: Amounts, limits: Amounts): ResourceRequirements {
  return { ...resources, ...(some(limits) ? { limits } : {}), ...(some(requests) ? { requests } : {}) };
}

function some(list: Amounts): boolean {
  return Object.keys(list).length > 0;
}

/** Thousandths of a CPU on their way through the cgroup: shares are whole, weights of v2 coarser still. */
function cpuOf(thousandths: number, cgroups: 'v1' | 'v2'): number {
  const shares = Math.max(minShares, Math.floor((thousandths * 1024) / 1000));
  const weight = 1 + Math.floor(((shares - 2) * 9999) / 262142);
  const kept = cgroups === 'v1' ? shares : Math.floor(((weight - 1) * 262142) / 9999) + 2;
  return Math.ceil((kept * 1000) / 1024);
}

function milli(thousandths: number): string {
  return formatQuantity({ nano: BigInt(thousandths) * 1_000_000n, format: 'DecimalSI' });
}

/** Upstream: staging/src/k8s.io/component-helpers/resource/helpers.go `PodRequests`, `PodLimits` */
function amounts(spec: PodSpec, side: Side): Amounts {
  const of = (container: Container): Amounts => ({ ...container.resources?.[side] });
  let [total, sidecars, starting]: [Amounts, Amounts, Amounts] = [sum(spec.containers.map(of)), {}, {}];
  for (const container of spec.initContainers ?? []) {
    const own = of(container);
    const running = sum([sidecars, own]);
    if (isSidecar(container)) [total, sidecars] = [sum([total, own]), running];
    starting = most(starting, running);
  }
  total = most(total, starting);
  for (const [name, amount] of Object.entries(spec.resources?.[side] ?? {})) total[name] = amount;
  for (const [name, amount] of Object.entries(spec.overhead ?? {}))
    if (side === 'requests' || total[name] !== undefined) total[name] = addQuantities(total[name], amount);
  return total;
}

function sum(lists: readonly Amounts[]): Amounts {
  const out: Amounts = {};
  for (const list of lists)
    for (const [name, amount] of Object.entries(list)) out[name] = addQuantities(out[name], amount);
  return out;
}

function most(a: Amounts, b: Amounts): Amounts {
  const out = { ...a };
  for (const [name, amount] of Object.entries(b)) if (compareQuantities(amount, out[name]) > 0) out[name] = amount;
  return out;
}
