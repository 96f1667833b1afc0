import type { Task } from '@/kubernetes/clock/task';
import type { AppRequest, AppResponse } from '@/kubernetes/network/kernel';
import { type Resolved, resolveName } from '@/kubernetes/network/dns/resolver';
import type { WalkResult } from '@/kubernetes/network/packet-walk';
import type { ShellContext } from '../command';
import { journeyOf } from './journey';

/** What a name came to, for a command at a place. */
export function resolveAt(context: ShellContext, name: string): Resolved | 'nxdomain' | 'silent' | 'refused' {
  const { kernel, namespace, files } = context.scene;
  return resolveName(
    context.cluster,
    {
      kernel,
      namespace,
      hostsFile: files.read('/etc/hosts') ?? '127.0.0.1 localhost\n::1 localhost\n',
      resolverFile: files.read('/etc/resolv.conf') ?? '',
    },
    name,
  );
}

export interface Connection {
  /** How it went; `timeout` when the deadline came first. */
  readonly result: WalkResult;
  readonly address: string;
  /** The client's own end, before anybody on the way changes it. */
  readonly localAddress: string;
  readonly localPort: number;
  readonly response?: AppResponse;
  /** Milliseconds until connected, or until given up. */
  readonly elapsed: number;
  /** The addresses that were tried before, in vain. */
  readonly before: readonly { readonly address: string; readonly result: WalkResult }[];
}

/** Why there is no connection, in the words of strerror. */
export const reasons: Readonly<Record<WalkResult, string>> = {
  answered: '',
  refused: 'Connection refused',
  timeout: 'Connection timed out',
  unreachable: 'No route to host',
  'no route': 'Network is unreachable',
};

/** Linux gives an unanswered TCP connection up after six retries (tcp_syn_retries), and an ARP question after three. */
const connectLimit = 130_000;
const arpLimit = 3060;

/**
 * Connects to the first address that takes it and asks; waits as long as the failure takes, or until `deadline`
 * (virtual milliseconds). Every address is tried, as programs do with what getaddrinfo gives them.
 */
export function* connect(
  context: ShellContext,
  addresses: readonly string[],
  port: number,
  protocol: 'TCP' | 'UDP' | 'SCTP',
  ask: Pick<AppRequest, 'http' | 'data'>,
  deadline: number = Infinity,
): Task<Connection> {
  const { clock, network } = context.cluster;
  const { kernel, namespace } = context.scene;
  const start = clock.now;
  let last: Connection | undefined;
  const before: { address: string; result: WalkResult }[] = [];
  for (const address of addresses) {
    const from = { kernel, namespace };
    const to = { protocol, address, port };
    const { walk, response } = network.request(from, to, ask);
    context.session.walked?.(journeyOf(clock.now, from, to, walk));
    const slow = response?.after ?? 0;
    const tooSlow = clock.now + slow > deadline;
    const needed =
      walk.result === 'timeout' ? connectLimit : walk.result === 'unreachable' ? arpLimit : tooSlow ? 0 : slow;
    const until = Math.min(clock.now + needed, deadline);
    while (clock.now < until) yield { until };
    const result = needed > 0 && walk.result !== 'answered' && clock.now >= deadline ? 'timeout' : walk.result;
    const elapsed = clock.now - start;
    const { source, sourcePort } = walk.hops[0]?.packet ?? walk.packet;
    last = {
      result,
      address,
      localAddress: source,
      localPort: sourcePort,
      response: tooSlow ? { hangs: true } : response,
      elapsed,
      before: [...before],
    };
    if (result === 'answered' || clock.now >= deadline) return last;
    before.push({ address, result });
  }
  return (
    last ?? { result: 'no route', address: addresses[0] ?? '', localAddress: '', localPort: 0, elapsed: 0, before }
  );
}
