import type { ContainerRecord, SandboxRecord } from '@/kubernetes/runtime/records';
import type { Runtime } from '@/kubernetes/runtime/runtime';
import { podLabels } from './labels';

/** The path below which the kubelet keeps the log of a container. Upstream: pkg/kubelet/kuberuntime/helpers.go */
function logFolder({ namespace = '', name, uid = '' }: SandboxRecord['pod']): string {
  return `/var/log/pods/${namespace}_${name}_${uid}`;
}

/** What `crictl inspect` prints as `status`, as far as the runtime keeps it. Upstream: CRI `ContainerStatus` */
export function containerStatus(one: ContainerRecord, runtime: Runtime): object {
  const time = (at: number | undefined) => (at === undefined ? never : nanoTime(runtime, at));
  return {
    createdAt: time(one.createdAt),
    exitCode: one.exitCode ?? 0,
    finishedAt: time(one.finishedAt),
    id: one.id,
    image: { image: one.image.reference, userSpecifiedImage: one.config.imageReference },
    imageId: one.imageId,
    labels: { 'io.kubernetes.container.name': one.name, ...podLabels(one.pod) },
    logPath: `${logFolder(one.pod)}/${one.name}/${one.attempt}.log`,
    message: one.message ?? '',
    metadata: { attempt: one.attempt, name: one.name },
    reason: one.reason ?? '',
    startedAt: time(one.startedAt),
    state: `CONTAINER_${one.state.toUpperCase()}`,
  };
}

/** What `crictl inspectp` prints as `status`, as far as the runtime keeps it. Upstream: CRI `PodSandboxStatus` */
export function sandboxStatus(one: SandboxRecord, runtime: Runtime): object {
  return {
    createdAt: nanoTime(runtime, one.createdAt),
    id: one.id,
    labels: podLabels(one.pod),
    linux: {
      namespaces: { options: { network: one.hostNetwork ? 'NODE' : 'POD' } },
    },
    metadata: {
      attempt: one.attempt,
      name: one.pod.name,
      namespace: one.pod.namespace ?? '',
      uid: one.pod.uid ?? '',
    },
    network: { additionalIps: [], ip: one.ip ?? '' },
    runtimeHandler: '',
    state: one.ready ? 'SANDBOX_READY' : 'SANDBOX_NOTREADY',
  };
}

// A time that has not come is Go's zero: the beginning of 1970.
const never = '1970-01-01T00:00:00Z';

/** RFC 3339 with as much of a fraction as there is, as Go prints it. */
function nanoTime({ cluster: { clock } }: Runtime, at: number): string {
  return clock.microTimestamp(at).replace(/\.?0+Z$/, 'Z');
}
