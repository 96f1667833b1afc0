import type { Container, Pod } from '../api/generated/core-v1';
import { podHosts, podResolver, resolverText } from '../network/pod-files';
import type { ContainerConfig, ContainerRecord, SandboxRecord } from '../runtime/records';
import { writeRightsOf } from '../runtime/write-rights';
import { expand, makeEnvironment } from './environment';
import { wholeValue } from '../api/quantity';
import type { KubeletHost } from './host';
import { oomScoreAdj } from './oom-score';
import { mountedFiles } from './volumes';

// containerd's default set (pkg/oci/spec.go `defaultUnixCaps`), without the prefix CAP_.
const defaultCapabilities = [
  'CHOWN',
  'DAC_OVERRIDE',
  'FSETID',
  'FOWNER',
  'MKNOD',
  'NET_RAW',
  'SETGID',
  'SETUID',
  'SETFCAP',
  'SETPCAP',
  'NET_BIND_SERVICE',
  'SYS_CHROOT',
  'KILL',
  'AUDIT_WRITE',
];

const allCapabilities = [...defaultCapabilities, 'NET_ADMIN', 'SYS_ADMIN', 'SYS_PTRACE', 'SYS_TIME', 'SYS_MODULE'];

/** A container of a Pod that is about to begin. */
export interface Beginning {
  readonly pod: Pod;
  readonly container: Container;
  readonly sandbox: SandboxRecord;
  /** The containers of the Pod that there are, whose processes it may see. */
  readonly siblings: readonly ContainerRecord[];
  /** How often it was begun before. */
  readonly attempt: number;
}

/** What the last configuration of a container was made from, and what came of it. */
const made = new WeakMap<Container, { readonly from: readonly unknown[]; readonly config: ContainerConfig }>();

/** All that a container is made from. Started again with nothing changed, it is made as before. Throws `ConfigError`. */
export function containerConfig(host: KubeletHost, beginning: Beginning): ContainerConfig {
  const { pod, container, sandbox, attempt } = beginning;
  const { client, runtime, hostIP } = host;
  const files = ['/etc/hosts', '/etc/resolv.conf'].map((path) => runtime.kernel.files.read(path));
  const sources = (['services', 'configmaps', 'secrets'] as const).map((resource) => client.lastChange(resource));
  const { labels, annotations } = pod.metadata;
  const from = [pod.spec, labels, annotations, sandbox, hostIP, ...files, ...sources];
  const before = made.get(container);
  if (before?.from.every((one, i) => one === from[i])) return { ...before.config, attempt };
  const config = makeConfig(host, beginning);
  // Whose namespace it shares is asked at every start.
  if (!('targetContainerName' in container)) made.set(container, { from, config });
  return config;
}

function makeConfig(host: KubeletHost, beginning: Beginning): ContainerConfig {
  const { pod, container, sandbox, siblings, attempt } = beginning;
  const facts = { podIP: sandbox.ip ?? host.hostIP, hostIP: host.hostIP };
  const environment = makeEnvironment(host.client, pod, container, facts);
  const lookup = (name: string) => environment.get(name);
  const files = new Map([
    ['/etc/hostname', `${sandbox.hostname}\n`],
    ['/etc/hosts', hostsOf(host, pod, sandbox)],
    ['/etc/resolv.conf', resolverOf(host, pod)],
    ...mountedFiles(host.client, pod, container, facts),
  ]);
  const security = container.securityContext;
  const uid = security?.runAsUser ?? pod.spec.securityContext?.runAsUser;
  const gid = security?.runAsGroup ?? pod.spec.securityContext?.runAsGroup;
  const target = 'targetContainerName' in container ? container.targetContainerName : undefined;
  const shared = pod.spec.shareProcessNamespace ? `sandbox/${sandbox.id}` : undefined;
  const limit = container.resources?.limits?.memory ?? pod.spec.resources?.limits?.memory;
  return {
    name: container.name,
    attempt,
    imageReference: container.image ?? '',
    command: container.command?.map((word) => expand(word, lookup)),
    args: container.args?.map((word) => expand(word, lookup)),
    environment: new Map([['HOSTNAME', sandbox.hostname], ...environment]),
    files,
    covered: (container.volumeMounts ?? []).flatMap(({ mountPath, subPath }) =>
      subPath ? [] : [mountPath.replace(/\/+$/, '')],
    ),
    rights: writeRightsOf(pod, container),
    uid,
    gid,
    groups: pod.spec.securityContext?.supplementalGroups ?? [],
    capabilities: capabilitiesOf(container),
    privileged: security?.privileged ?? false,
    hostPID: pod.spec.hostPID ?? false,
    hostIPC: pod.spec.hostIPC ?? false,
    terminationMessagePath: container.terminationMessagePath ?? '/dev/termination-log',
    terminationMessageFromLog: container.terminationMessagePolicy === 'FallbackToLogsOnError',
    pidNamespace: siblings.find((one) => one.name === target && one.state === 'running')?.id ?? shared,
    ...(limit === undefined ? {} : { memoryLimit: wholeValue(limit) }),
    oomScoreAdj: oomScoreAdj(pod, container, wholeValue(host.runtime.node.capacity?.memory ?? '8131544Ki')),
  };
}

function capabilitiesOf({ securityContext }: Container): string[] {
  if (securityContext?.privileged) return allCapabilities;
  const { add = [], drop = [] } = securityContext?.capabilities ?? {};
  const plain = (name: string) => name.replace(/^CAP_/, '');
  const dropped = new Set(drop.map(plain));
  const base = dropped.has('ALL') ? [] : defaultCapabilities.filter((name) => !dropped.has(name));
  return [...new Set([...base, ...(add.map(plain).includes('ALL') ? allCapabilities : add.map(plain))])];
}

function hostsOf(host: KubeletHost, pod: Pod, sandbox: SandboxRecord): string {
  const ip = sandbox.ip ?? host.hostIP;
  const known = { ...pod, status: { ...pod.status, ...(ip ? { podIPs: [{ ip }] } : {}) } };
  return podHosts(known, sandbox.hostname, host.runtime.kernel.files.read('/etc/hosts') ?? '');
}

function resolverOf(host: KubeletHost, pod: Pod): string {
  return resolverText(podResolver(pod, host.world, host.runtime.kernel.files.read('/etc/resolv.conf') ?? ''));
}
