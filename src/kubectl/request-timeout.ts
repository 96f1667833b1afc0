import type { Millis } from '@/kubernetes/clock/clock';
import { parseDuration } from './flags/parse-value';
import type { Invocation } from './invocation';

/**
 * How long one request may take (`--request-timeout`): a whole number is seconds, 0 is for ever. A watch is one
 * request, so it ends then, as if it had been closed by the server. Upstream: client-go/tools/clientcmd/helpers.go
 * `ParseTimeout`.
 */
function requestTimeout({ flags }: Invocation): Millis | undefined {
  const text = flags.string('request-timeout');
  const duration = /^\d+$/.test(text) ? Number(text) * 1000 : parseDuration(text);
  return duration > 0 ? duration : undefined;
}

/** The moment at which a watch that begins now has lasted that long; undefined when it has no end. */
export function watchEnd(invocation: Invocation): Millis | undefined {
  const timeout = requestTimeout(invocation);
  return timeout === undefined ? undefined : invocation.context.cluster.clock.now + timeout;
}
