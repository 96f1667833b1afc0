import type { Container, Pod } from '../api/generated/core-v1';
import { wholeValue } from '../api/quantity';
import { isCritical } from './critical';
import { isSidecar } from './pod-text';

const guaranteed = -997;
const bestEffort = 1000;

/**
 * By how much the kernel would rather kill a container than others, in thousandths of the machine's memory (`capacity`,
 * bytes). Upstream: pkg/kubelet/qos/policy.go `GetContainerOOMScoreAdjust`
 */
export function oomScoreAdj(pod: Pod, container: Container, capacity: number): number {
  const { spec, status } = pod;
  if (spec.priorityClassName === 'system-node-critical' && isCritical(pod)) return guaranteed;
  if (status.qosClass === 'Guaranteed') return guaranteed;
  if (status.qosClass === 'BestEffort') return bestEffort;
  const of = (one: Container) => wholeValue(one.resources?.requests?.memory ?? '0');
  const all = [...spec.containers, ...(spec.initContainers ?? []).filter(isSidecar)];
  const whole = spec.resources?.requests?.memory;
  const rest = whole === undefined ? 0 : wholeValue(whole) - all.reduce((sum, one) => sum + of(one), 0);
  const share = Math.max(0, Math.floor(rest / all.length));
  const scoreOf = (memory: number) => 1000 - Math.floor((1000 * (memory + share)) / capacity);
  let score = scoreOf(of(container));
  if (isSidecar(container)) score = Math.min(score, scoreOf(Math.min(...spec.containers.map(of))));
  return Math.min(Math.max(score, 1000 + guaranteed), bestEffort - 1);
}
