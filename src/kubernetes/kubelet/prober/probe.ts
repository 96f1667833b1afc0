import type { Container, Probe } from '../../api/generated/core-v1';
import type { Task } from '../../clock/task';
import type { ContainerRecord } from '../../runtime/records';
import type { KubeletHost } from '../host';
import { connect, hostPort, portNumber, refused, leaveWaiting, targetOf } from './connect';
import { expand } from '../environment';
import { execSync } from './exec';
import { httpGet } from './http';

/** What one try of a probe found out. An unknown outcome counts neither as success nor as failure. */
export type ProbeOutcome =
  | { readonly result: 'success' }
  | { readonly result: 'warning' | 'failure'; readonly output: string }
  | { readonly result: 'unknown'; readonly error: string };

const success: ProbeOutcome = { result: 'success' };

/**
 * One try of a probe, from the node to the Pod's address (its own network namespace, or the host's). It takes no time
 * unless the program asked does, or nobody answers. Upstream: pkg/kubelet/prober/prober.go `runProbe`.
 */
export function* runProbe(
  host: KubeletHost,
  container: Container,
  record: ContainerRecord,
  probe: Probe,
): Task<ProbeOutcome> {
  const seconds = probe.timeoutSeconds ?? 1;
  const timeout = seconds * 1000;
  if (probe.exec) {
    // pkg/kubelet/container/helpers.go `ExpandContainerCommandOnlyStatic`
    const known = (name: string) => container.env?.findLast((one) => one.name === name);
    const valueOf = (name: string) => known(name) && (known(name)?.value ?? '');
    const argv = (probe.exec.command ?? []).map((word) => expand(word, valueOf));
    const outcome = yield* execSync(host, record, argv, timeout);
    if ('error' in outcome) return { result: 'unknown', error: outcome.error };
    if ('late' in outcome) {
      // k8s.io/cri-client/pkg/remote_runtime.go `ErrCommandTimedOut`
      return failure(`command timed out: ${JSON.stringify(argv.join(' '))} timed out after ${seconds}s`);
    }
    // pkg/probe/exec/exec.go `maxReadLength`
    return outcome.code === 0 ? success : failure(outcome.output.slice(0, 10_240));
  }
  if (probe.httpGet) {
    const answer = yield* httpGet(host, { container, record, action: probe.httpGet, timeout, asker: 'probe' });
    if ('error' in answer) return answer.unknown ? { result: 'unknown', error: answer.error } : failure(answer.error);
    const { status, body } = answer;
    if (status < 200 || status >= 400) return failure(`HTTP probe failed with statuscode: ${status}`);
    if (status < 300) return success;
    return { result: 'warning', output: `Probe terminated redirects, Response body: ${body}` };
  }
  if (probe.tcpSocket) {
    const port = portNumber(container, probe.tcpSocket.port);
    if (typeof port === 'string') return { result: 'unknown', error: port };
    const target = targetOf(host, record, probe.tcpSocket.host, port);
    const connection = connect(host, record, target);
    if (connection === 'refused') return failure(refused(target));
    if (connection !== 'no answer') {
      leaveWaiting(host, record, target, 'client');
      return success;
    }
    yield { until: host.now + timeout };
    return failure(`dial tcp ${hostPort(target)}: i/o timeout`);
  }
  if (probe.grpc) return yield* grpc(host, record, probe.grpc.port, seconds);
  return { result: 'unknown', error: `missing probe handler for ${formatOf(record.pod)}:${container.name}` };
}

/**
 * pkg/probe/grpc/grpc.go: a client that goes on trying until it is connected or its time is over. No program described
 * here speaks gRPC, so that a port with a program behind it is as good as one without.
 */
function* grpc(host: KubeletHost, record: ContainerRecord, port: number, seconds: number): Task<ProbeOutcome> {
  const target = targetOf(host, record, undefined, port);
  yield { until: host.now + seconds * 1000 };
  return failure(
    `timeout: failed to connect service "${hostPort(target)}" within ${seconds}s: context deadline exceeded`,
  );
}

function failure(output: string): ProbeOutcome {
  return { result: 'failure', output };
}

function formatOf({ name, namespace = '', uid = '' }: { name: string; namespace?: string; uid?: string }): string {
  return `${name}_${namespace}(${uid})`;
}
