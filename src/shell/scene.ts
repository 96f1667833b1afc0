import type { Pod } from '@/kubernetes/api/generated/core-v1';
import type { Cluster } from '@/kubernetes/cluster';
import { HOST, type HostKernel } from '@/kubernetes/network/host';
import type { Process } from '@/kubernetes/network/kernel';
import { hostMounts, mountOf, onHost } from '@/kubernetes/runtime/host-mounts';
import { podHostname, podHosts, podResolver, resolverText } from '@/kubernetes/network/pod-files';
import type { FileSystem } from '@/kubectl/command';
import type { Place } from './place';
import { withKernelFiles } from './proc/files';

/** What a terminal finds at its place. Paths are absolute. */
export interface Scene {
  readonly kernel: HostKernel;
  /** Network namespace: `host`, or a sandbox id. */
  readonly namespace: string;
  readonly hostname: string;
  readonly home: string;
  readonly uid: number;
  readonly files: FileSystem;
  readonly environment: Readonly<Record<string, string>>;
  /** Commands that are there; undefined = all that are simulated. */
  readonly tools?: readonly string[];
  /** Its small tools are busybox'. */
  readonly busybox: boolean;
  /** Whether a path lies in a volume that is mounted to be read only. */
  readonly readOnly?: (path: string) => boolean;
  /** Inside a container: its Pod, and its first process. */
  readonly pod?: Pod;
  readonly process?: Process;
}

/** There is no such place (any more). `text` is what `kubectl exec` prints. */
export class PlaceGone extends Error {}

const hostEnvironment = {
  HOME: '/root',
  PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
  USER: 'root',
  SHELL: '/bin/bash',
};

export function sceneOf(cluster: Cluster, place: Place): Scene {
  if (place.kind === 'container') return containerScene(cluster, place);
  if (!cluster.network.hasHost(place.name)) throw new PlaceGone(`there is no machine "${place.name}" in this world`);
  const kernel = cluster.network.kernel(place.name);
  if (!cluster.network.isMachine(place.name) && !cluster.power.isOn(place.name)) {
    const address = cluster.world.nodes.find((node) => node.name === place.name)?.internalIP ?? place.name;
    // openssh: sshconnect.c
    throw new PlaceGone(`ssh: connect to host ${address} port 22: No route to host`);
  }
  return {
    kernel,
    namespace: HOST,
    hostname: kernel.hostname,
    home: '/root',
    uid: 0,
    files: kernel.files,
    environment: hostEnvironment,
    busybox: false,
  };
}

function containerScene(cluster: Cluster, place: Extract<Place, { kind: 'container' }>): Scene {
  const pod = cluster.store.get('pods', place.namespace, place.pod);
  if (!pod) throw new PlaceGone(`Error from server (NotFound): pods "${place.pod}" not found`);
  const name = place.container ?? defaultContainer(pod);
  const statuses = [
    ...(pod.status?.containerStatuses ?? []),
    ...(pod.status?.initContainerStatuses ?? []),
    ...(pod.status?.ephemeralContainerStatuses ?? []),
  ];
  const status = statuses.find((entry) => entry.name === name);
  const node = pod.spec?.nodeName;
  // The node knows of a container before its status says so; of a static Pod it knows by another UID.
  const records = cluster.runtimes.get(node ?? '')?.podContainers(pod.metadata.uid) ?? [];
  const record = records.findLast((one) => one.name === name && one.state === 'running');
  const id = record?.id ?? (status?.state?.running ? status.containerID?.replace(/^.*:\/\//, '') : undefined);
  if (!node || !cluster.network.hasHost(node)) throw notFound(name);
  const kernel = cluster.network.kernel(node);
  const process = kernel.processes().find((entry) => entry.container !== undefined && entry.container === id);
  if (!process) throw notFound(name);
  const root = kernel.root(process.container ?? '');
  const hostname = root?.root.hostname ?? podHostname(pod, kernel.hostname);
  const generated = (path: string): string | undefined => {
    if (path === '/etc/hosts') return podHosts(pod, hostname, kernel.files.read('/etc/hosts') ?? '');
    if (path === '/etc/hostname') return `${hostname}\n`;
    if (path !== '/etc/resolv.conf') return undefined;
    return resolverText(podResolver(pod, cluster.world, kernel.files.read('/etc/resolv.conf') ?? ''));
  };
  // Shared memory belongs to the IPC namespace: with hostIPC it is the node's.
  const shared = (path: string) => pod.spec?.hostIPC === true && /^\/(dev\/shm|proc\/sysvipc)(\/|$)/.test(path);
  const mounts = hostMounts(pod, name);
  const machine = { kernel, namespace: HOST, hostname: kernel.hostname, uid: 0 };
  const hostFiles = withKernelFiles(kernel.files, machine, cluster);
  const at = (path: string) => {
    const own = onHost(mounts, path) ?? (shared(path) ? path : undefined);
    return own === undefined ? { store: root?.files, path } : { store: hostFiles, path: own };
  };
  const files: FileSystem = {
    read: (path) => at(path).store?.read(at(path).path) ?? generated(path),
    write: (path, text) => at(path).store?.write(at(path).path, text),
    // A volume is a folder even while nothing lies in it.
    list: (path) => at(path).store?.list(at(path).path) ?? (mountOf(mounts, path)?.inside === path ? [] : undefined),
    remove: (path) => at(path).store?.remove(at(path).path) ?? false,
    reserve: (path, bytes) => at(path).store?.reserve?.(at(path).path, bytes),
    reserved: (path) => at(path).store?.reserved?.(at(path).path),
  };
  return {
    kernel,
    namespace: process.namespace,
    hostname,
    home: '/',
    uid: process.uid,
    files,
    environment: { PATH: hostEnvironment.PATH, HOSTNAME: hostname, HOME: '/root', ...root?.root.environment },
    tools: root?.root.tools,
    // Nothing but busybox brings that shell.
    busybox: root?.root.tools?.includes('ash') ?? false,
    readOnly: (path) => mountOf(mounts, path)?.readOnly ?? false,
    pod,
    process,
  };
}

// staging/src/k8s.io/kubectl/pkg/util/podutils: the annotation, then the first container.
function defaultContainer(pod: Pod): string {
  const annotated = pod.metadata.annotations?.['kubectl.kubernetes.io/default-container'];
  return annotated ?? pod.spec?.containers[0]?.name ?? '';
}

function notFound(container: string): PlaceGone {
  // pkg/kubelet/server/server.go
  return new PlaceGone(
    `error: Internal error occurred: unable to upgrade connection: container not found ("${container}")`,
  );
}
