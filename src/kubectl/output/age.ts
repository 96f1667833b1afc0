import { parseRfc3339 } from '@/kubernetes/clock/calendar';
import { humanDuration } from './duration';

/** How long ago `timestamp` was, `<unknown>` without one. `now` = milliseconds since 1970. */
export function age(timestamp: string | null | undefined, now: number): string {
  const then = timestamp ? parseRfc3339(timestamp) : undefined;
  return then === undefined ? '<unknown>' : humanDuration(now - then);
}
