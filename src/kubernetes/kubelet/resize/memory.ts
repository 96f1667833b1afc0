// Upstream: pkg/kubelet/kuberuntime/kuberuntime_manager.go `validateMemoryResizeAction`
import type { Container, Pod, PodSpec } from '../../api/generated/core-v1';
import { wholeValue } from '../../api/quantity';
import { podTotal } from '../../placement/pod-total';
import { newest } from '../restart';
import type { Runtime } from '../../runtime/runtime';

/** Why containers cannot get by with the memory that they are to be limited to; undefined where they can. */
export function memoryProblem(
  runtime: Runtime,
  { metadata, spec }: Pod,
  inForce: PodSpec,
  containers: readonly Container[],
): string | undefined {
  const records = runtime.podContainers(metadata.uid);
  const usageOf = ({ name }: Container) => {
    const record = newest(records, name);
    return record?.state === 'running' ? runtime.usage.memoryOf(record) : 0;
  };
  const all = [...(spec.initContainers ?? []), ...spec.containers];
  const used = all.reduce((sum, one) => sum + usageOf(one), 0);
  const errors: string[] = [];
  const [limit, before] = [podLimit(spec), podLimit(inForce)];
  if (isLess(limit, before) && used >= limit) {
    errors.push(`attempting to set pod memory limit (${limit}) below current usage (${used})`);
  }
  for (const container of containers) {
    const old = [...(inForce.initContainers ?? []), ...inForce.containers].find(({ name }) => name === container.name);
    const wanted = limitOf(container);
    if (!isLess(wanted, limitOf(old)) || usageOf(container) < wanted) continue;
    const about = `container "${container.name}" memory limit (${wanted})`;
    errors.push(`attempting to set ${about} below current usage (${used})`);
  }
  if (errors.length === 0) return undefined;
  return `cannot decrease memory limits: ${errors.length > 1 ? `[${errors.join(', ')}]` : (errors[0] ?? '')}`;
}

/** Bytes; 0 where there is no limit. */
export function limitOf(container: Container | undefined): number {
  return wholeValue(container?.resources?.limits?.memory);
}

/** A Pod is limited as a whole where each of its containers is. */
function podLimit(spec: PodSpec): number {
  const own = spec.resources?.limits?.memory;
  if (own === undefined && [...spec.containers, ...(spec.initContainers ?? [])].some((one) => limitOf(one) === 0))
    return 0;
  return wholeValue(podTotal(spec, 'limits').memory);
}

function isLess(wanted: number, current: number): boolean {
  return wanted !== 0 && (current === 0 || wanted < current);
}
