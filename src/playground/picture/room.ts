import type { Pod } from '@/kubernetes/api/generated/core-v1';
import { podSummary } from '@/kubectl/printers/pod-status';
import type { Cluster } from '@/kubernetes/cluster';
import type { HostKernel } from '@/kubernetes/network/host';
import { typed } from '../session/printed';
import { doorsIn } from './doors';
import type { Room, Tone } from './model';

/** One Pod as the picture shows it, with what kubectl would print in READY, STATUS and RESTARTS. */
export function observeRoom(
  cluster: Cluster,
  pod: Pod,
  kernel: HostKernel | undefined,
  services: readonly string[],
): Room {
  const key = `${pod.metadata.namespace}/${pod.metadata.name}`;
  const { ready, status } = podSummary(pod, cluster.clock.epoch + cluster.clock.now);
  const hostNetwork = pod.spec.hostNetwork === true;
  return {
    key,
    name: pod.metadata.name,
    status,
    ready,
    restarts: (pod.status?.containerStatuses ?? []).reduce((sum, one) => sum + one.restartCount, 0),
    tone: toneOf(status, ready),
    ip: pod.status?.podIP,
    hostNetwork,
    doors: hostNetwork || !kernel ? [] : ownDoors(kernel, pod),
    services,
    ...trouble(cluster, pod, status),
  };
}

function ownDoors(kernel: HostKernel, pod: Pod) {
  const process = kernel
    .processes()
    .find(({ owner }) => owner?.kind === 'Pod' && owner.name === pod.metadata.name && owner.uid === pod.metadata.uid);
  return process && process.namespace !== 'host' ? doorsIn(kernel, process.namespace) : [];
}

function toneOf(status: string, ready: string): Tone {
  const [have, want] = ready.split('/');
  if (status === 'Running') return have === want ? 'good' : 'wait';
  if (status === 'Completed' || status === 'Terminating') return 'soft';
  if (status === 'Pending' || status === 'ContainerCreating' || status === 'CrashLoopBackOff') return 'wait';
  return 'refuse';
}

/** Why it does not run: in a few words, and as its own log ends. */
function trouble(cluster: Cluster, pod: Pod, status: string): Pick<Room, 'refusal' | 'said'> {
  if (status === 'Running' || status === 'Completed' || status === 'ContainerCreating') return {};
  const exit = (pod.status?.containerStatuses ?? [])
    .map((container) => container.state?.terminated ?? container.lastState?.terminated)
    .find((state) => state !== undefined && state.exitCode !== 0);
  if (!exit) return pod.status?.reason === status ? {} : { refusal: pod.status?.reason };
  const { namespace = 'default', name } = pod.metadata;
  const said = typed(cluster, ['logs', '-n', namespace, name, '--tail=5']).out.trimEnd();
  const port = /(?:bind\(\) to|listen (?:tcp|udp)\d?) \S+?:(\d+)\b.*in use/i.exec(said)?.[1];
  return { refusal: port ? `kernel: port ${port} in use` : `exit code ${exit.exitCode}`, said };
}
