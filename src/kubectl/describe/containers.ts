import type {
  Container,
  ContainerPort,
  ContainerState,
  ContainerStatus,
  EnvVar,
  Probe,
  ResourceRequirements,
} from '@/kubernetes/api/generated/core-v1';
import { resourceFieldValue } from '@/kubernetes/api/core/resource-field';
import { type Lines, goBool, longTime } from './lines';

/** The value a downward API reference has on this Pod; empty where it cannot be told. */
export type Resolver = (variable: EnvVar) => string;

/**
 * `Containers:` and all that is under it. `template`: inside a Pod template, one space further in and without status.
 * Upstream: kubectl/pkg/describe/describe.go `describeContainers`.
 */
export function describeContainers(
  lines: Lines,
  label: string,
  containers: readonly Container[],
  options: { template: boolean; statuses?: readonly ContainerStatus[] | undefined; resolve?: Resolver },
): void {
  const space = options.template ? '  ' : '';
  if (containers.length === 0) {
    lines.add(0, `${space}${label}:\t<none>`);
    return;
  }
  lines.add(0, `${space}${label}:`);
  for (const container of containers) {
    const status = options.statuses?.find((one) => one.name === container.name);
    lines.add(1, `${options.template ? ' ' : ''}${container.name}:`);
    basics(lines, container, status);
    command(lines, container);
    if (status) state(lines, status);
    describeResources(lines, container.resources, 2);
    for (const [name, probe] of [
      ['Liveness', container.livenessProbe],
      ['Readiness', container.readinessProbe],
      ['Startup', container.startupProbe],
    ] as const) {
      if (probe) lines.field(name, probeText(probe), 2);
    }
    environment(lines, container, options.resolve);
    mounts(lines, container);
  }
}

function basics(lines: Lines, container: Container, status: ContainerStatus | undefined): void {
  if (status) lines.field('Container ID', status.containerID, 2);
  lines.field('Image', container.image, 2);
  if (status) lines.field('Image ID', status.imageID, 2);
  ports(lines, 'Port', container.ports ?? [], (port) => port.containerPort);
  ports(lines, 'Host Port', container.ports ?? [], (port) => port.hostPort ?? 0);
  const profile = container.securityContext?.seccompProfile;
  if (!profile) return;
  lines.field('SeccompProfile', profile.type, 2);
  if (profile.type === 'Localhost') lines.field('LocalhostProfile', profile.localhostProfile, 3);
}

function ports(
  lines: Lines,
  title: string,
  list: readonly ContainerPort[],
  number: (port: ContainerPort) => number,
): void {
  const text = list
    .map((port) => `${number(port)}/${port.protocol ?? 'TCP'}${port.name ? ` (${port.name})` : ''}`)
    .join(', ');
  lines.field(text.includes(',') ? `${title}s` : title, text || '<none>', 2);
}

function command(lines: Lines, container: Container): void {
  for (const [title, words] of [
    ['Command', container.command ?? []],
    ['Args', container.args ?? []],
  ] as const) {
    if (words.length === 0) continue;
    lines.add(2, `${title}:`);
    for (const word of words) for (const line of word.split('\n')) lines.add(3, line);
  }
}

function state(lines: Lines, status: ContainerStatus): void {
  describeState(lines, 'State', status.state ?? {});
  if (status.lastState?.terminated) describeState(lines, 'Last State', status.lastState);
  lines.field('Ready', goBool(status.ready), 2);
  lines.field('Restart Count', status.restartCount, 2);
}

/** Upstream: `describeStatus`. */
function describeState(lines: Lines, name: string, { running, waiting, terminated }: ContainerState): void {
  if (running) {
    lines.field(name, 'Running', 2);
    lines.field('Started', longTime(running.startedAt), 3);
  } else if (terminated) {
    lines.field(name, 'Terminated', 2);
    if (terminated.reason) lines.field('Reason', terminated.reason, 3);
    if (terminated.message) lines.field('Message', terminated.message, 3);
    lines.field('Exit Code', terminated.exitCode, 3);
    if (terminated.signal) lines.field('Signal', terminated.signal, 3);
    lines.field('Started', longTime(terminated.startedAt), 3);
    lines.field('Finished', longTime(terminated.finishedAt), 3);
  } else {
    lines.field(name, 'Waiting', 2);
    if (waiting?.reason) lines.field('Reason', waiting.reason, 3);
  }
}

/** `Limits:` and `Requests:`, where there are some. Upstream: `describeResources`. */
export function describeResources(lines: Lines, resources: ResourceRequirements | undefined, level: number): void {
  for (const [title, list] of [
    ['Limits', resources?.limits],
    ['Requests', resources?.requests],
  ] as const) {
    const names = Object.keys(list ?? {}).sort();
    if (names.length === 0) continue;
    lines.add(level, `${title}:`);
    for (const name of names) lines.field(name, list?.[name], level + 1);
  }
}

/** Upstream: `DescribeProbe`. */
function probeText(probe: Probe): string {
  const attributes = `delay=${probe.initialDelaySeconds ?? 0}s timeout=${probe.timeoutSeconds ?? 1}s period=${probe.periodSeconds ?? 10}s #success=${probe.successThreshold ?? 1} #failure=${probe.failureThreshold ?? 3}`;
  if (probe.exec) return `exec [${(probe.exec.command ?? []).join(' ')}] ${attributes}`;
  if (probe.httpGet) {
    const { scheme = 'HTTP', host = '', port, path = '' } = probe.httpGet;
    const slash = path === '' || path.startsWith('/') ? path : `/${path}`;
    return `http-get ${scheme.toLowerCase()}://${host}:${port}${slash} ${attributes}`;
  }
  if (probe.tcpSocket) return `tcp-socket ${probe.tcpSocket.host ?? ''}:${probe.tcpSocket.port} ${attributes}`;
  if (probe.grpc) return `grpc <pod>:${probe.grpc.port} ${probe.grpc.service ?? ''} ${attributes}`;
  return `unknown ${attributes}`;
}

function environment(lines: Lines, container: Container, resolve: Resolver | undefined): void {
  const from = container.envFrom ?? [];
  if (from.length > 0) lines.add(2, 'Environment Variables from:');
  for (const { configMapRef, secretRef, prefix } of from) {
    const source = configMapRef ?? secretRef;
    const kind = configMapRef ? 'ConfigMap' : 'Secret';
    const how = prefix ? `${kind} with prefix '${prefix}'` : kind;
    lines.add(3, `${source?.name ?? ''}\t${how}\tOptional: ${source?.optional ?? false}`);
  }
  const variables = container.env ?? [];
  lines.add(2, `Environment:${variables.length === 0 ? '\t<none>' : ''}`);
  for (const variable of variables) for (const line of variableLines(variable, container, resolve)) lines.add(3, line);
}

/** Upstream: `describeContainerEnvVars`. */
function variableLines(variable: EnvVar, container: Container, resolve: Resolver | undefined): string[] {
  const { name, value = '', valueFrom } = variable;
  if (!valueFrom) return value.split('\n').map((line, i) => (i === 0 ? `${name}:\t${line}` : `\t${line}`));
  const { fieldRef, resourceFieldRef, secretKeyRef, configMapKeyRef } = valueFrom;
  const known = resolve?.(variable) ?? '';
  if (fieldRef) return [`${name}:\t${known} (${fieldRef.apiVersion ?? 'v1'}:${fieldRef.fieldPath})`];
  if (resourceFieldRef) {
    const { resource } = resourceFieldRef;
    const amount = resourceFieldValue(container, resourceFieldRef) ?? '';
    const all = amount === '0' && (resource === 'limits.cpu' || resource === 'limits.memory');
    return [`${name}:\t${all ? 'node allocatable' : amount} (${resource})`];
  }
  if (secretKeyRef) {
    return [
      `${name}:\t<set to the key '${secretKeyRef.key}' in secret '${secretKeyRef.name ?? ''}'>\tOptional: ${secretKeyRef.optional ?? false}`,
    ];
  }
  if (configMapKeyRef) {
    return [
      `${name}:\t<set to the key '${configMapKeyRef.key}' of config map '${configMapKeyRef.name ?? ''}'>\tOptional: ${configMapKeyRef.optional ?? false}`,
    ];
  }
  return [];
}

function mounts(lines: Lines, container: Container): void {
  const list = [...(container.volumeMounts ?? [])].sort((a, b) => (a.mountPath < b.mountPath ? -1 : 1));
  lines.add(2, `Mounts:${list.length === 0 ? '\t<none>' : ''}`);
  for (const mount of list) {
    const flags = [mount.readOnly ? 'ro' : 'rw', ...(mount.subPath ? [`path=${JSON.stringify(mount.subPath)}`] : [])];
    lines.add(3, `${mount.mountPath} from ${mount.name} (${flags.join(',')})`);
  }
  const devices = [...(container.volumeDevices ?? [])].sort((a, b) => (a.devicePath < b.devicePath ? -1 : 1));
  if (devices.length === 0) return;
  // Upstream says of the devices what it has said of the mounts.
  lines.add(2, `Devices:${list.length === 0 ? '\t<none>' : ''}`);
  for (const { devicePath, name } of devices) lines.add(3, `${devicePath} from ${name}`);
}
