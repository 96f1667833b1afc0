import type { Task } from '@/kubernetes/clock/task';
import { StatusError } from '../errors';
import type { Invocation } from '../invocation';
import type { Info } from '../resource/info';

/**
 * Waits until an object is gone (or another one has taken its name). `limit`: milliseconds, none = for ever. Returns
 * whether it is gone. Upstream: kubectl/pkg/cmd/wait/delete.go.
 */
export function* waitForDeletion(
  invocation: Invocation,
  info: Pick<Info, 'mapping' | 'namespace' | 'name'>,
  uid: string | undefined,
  limit: number | undefined,
): Task<boolean> {
  const { clock } = invocation.context.cluster;
  const until = limit === undefined ? undefined : clock.now + limit;
  for (;;) {
    if (isGone(invocation, info, uid)) return true;
    if (until !== undefined && clock.now >= until) return false;
    if (until === undefined && clock.nextAt() === undefined) return false;
    yield until === undefined ? { change: true } : { change: true, until };
  }
}

function isGone(
  invocation: Invocation,
  { mapping, namespace, name }: Pick<Info, 'mapping' | 'namespace' | 'name'>,
  uid: string | undefined,
): boolean {
  try {
    const found = invocation.request('get', mapping, { namespace, name });
    return uid !== undefined && found.metadata.uid !== uid;
  } catch (error) {
    if (error instanceof StatusError) return true;
    throw error;
  }
}
