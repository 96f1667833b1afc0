import type { Pod, PodStatus } from '../api/generated/core-v1';
import type { Millis } from '../clock/clock';

// pkg/kubelet/active_deadline.go
export const deadlineReason = 'DeadlineExceeded';
export const deadlineMessage = 'Pod was active on the node longer than the specified deadline';

/** The moment until which a Pod may be active; undefined when it has no such limit or has not begun. */
export function activeDeadline(
  { spec }: Pod,
  { startTime }: PodStatus,
  parse: (timestamp: string | undefined) => Millis | undefined,
): Millis | undefined {
  const { activeDeadlineSeconds } = spec;
  const start = activeDeadlineSeconds === undefined ? undefined : parse(startTime);
  return activeDeadlineSeconds === undefined || start === undefined ? undefined : start + activeDeadlineSeconds * 1000;
}
