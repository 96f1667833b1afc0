// Upstream: pkg/api/pod/warnings.go
import type { Path } from '../../../field-error';
import type { ContainerPort, PodSpec } from '../../../generated/core-v1';
import { type ContainerAt, containersOf } from '../validation/all-containers';

interface PortAt {
  readonly port: ContainerPort;
  readonly at: Path;
}

/** As Go prints the struct with `%+v`. */
function shown({ name = '', hostPort = 0, containerPort, protocol = '', hostIP = '' }: ContainerPort): string {
  return `{Name:${name} HostPort:${hostPort} ContainerPort:${containerPort} Protocol:${protocol} HostIP:${hostIP}}`;
}

/** Ports of one Pod that mean the same thing twice, or may be taken to. */
export function portWarnings(spec: PodSpec, path: Path): string[] {
  const out: string[] = [];
  const byNumber = new Map<string, PortAt[]>();
  const containers = containersOf(spec, path);
  for (const { container, at: containerPath } of containers) {
    for (const [p, port] of (container.ports ?? []).entries()) {
      const at = containerPath.child('ports').index(p);
      if (port.hostIP && !port.hostPort) out.push(`${at}: hostIP set without hostPort: ${shown(port)}`);
      const key = `${port.containerPort}/${port.protocol ?? ''}`;
      const others = byNumber.get(key) ?? [];
      for (const other of others) {
        const text = relation(port, other.port);
        if (text) out.push(`${at}: ${text} port definition with ${other.at}`);
      }
      byNumber.set(key, [...others, { port, at }]);
    }
  }
  return [...out, ...nameWarnings(containers)];
}

/** Names are unique within a container; across containers the first one wins. */
function nameWarnings(containers: readonly ContainerAt[]): string[] {
  const out: string[] = [];
  const first = new Map<string, { readonly at: Path; readonly container: number }>();
  for (const [c, { container, at }] of containers.entries()) {
    for (const [p, { name }] of (container.ports ?? []).entries()) {
      if (!name) continue;
      const here = at.child('ports').index(p);
      const other = first.get(name);
      if (!other) first.set(name, { at: here, container: c });
      else if (other.container !== c) {
        const text = `duplicate port name "${name}" with ${other.at}`;
        out.push(`${here}: ${text}, services and probes that select ports by name will use ${other.at}`);
      }
    }
  }
  return out;
}

function relation(
  one: ContainerPort,
  other: ContainerPort,
): 'duplicate' | 'overlapping' | 'dangerously ambiguous' | undefined {
  const [ip = '', otherIP = ''] = [one.hostIP, other.hostIP];
  const [port = 0, otherPort = 0] = [one.hostPort, other.hostPort];
  if (ip === otherIP && port === otherPort) return 'duplicate';
  if (port === 0 || otherPort === 0) return 'overlapping';
  if (port === otherPort && (ip === '') !== (otherIP === '')) return 'dangerously ambiguous';
  return undefined;
}
