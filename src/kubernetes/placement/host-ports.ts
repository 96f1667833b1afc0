import type { PodSpec } from '../api/generated/core-v1';
import { isRestartable } from './resources';

/** A host port as the scheduler's key has it: normalised, nothing empty. */
export interface HostPort {
  /** `0.0.0.0` where the manifest names no address. */
  readonly ip: string;
  readonly protocol: string;
  readonly port: number;
}

/** The address that collides with every other. `::` is not one here, whatever a kernel thinks of it. */
const anyAddress = '0.0.0.0';

/**
 * The host ports a Pod wants: those of its containers and its sidecars. Plain init containers do not count.
 * Upstream: pkg/scheduler/util/utils.go `GetHostPorts`
 */
export function hostPortsOf(spec: PodSpec): HostPort[] {
  const containers = [...(spec.initContainers ?? []).filter(isRestartable), ...spec.containers];
  return containers.flatMap((container) =>
    (container.ports ?? []).flatMap(({ hostPort, hostIP, protocol }) =>
      hostPort !== undefined && hostPort > 0
        ? [{ ip: hostIP || anyAddress, protocol: protocol || 'TCP', port: hostPort }]
        : [],
    ),
  );
}

/** Same protocol and number, and the addresses are equal or one of them is 0.0.0.0. */
export function portsConflict(a: HostPort, b: HostPort): boolean {
  return (
    a.port === b.port && a.protocol === b.protocol && (a.ip === b.ip || a.ip === anyAddress || b.ip === anyAddress)
  );
}

/** `8080/TCP`, `127.0.0.1:8080/TCP` */
export function portText({ ip, protocol, port }: HostPort): string {
  return ip === anyAddress ? `${port}/${protocol}` : `${ip}:${port}/${protocol}`;
}

interface Held<H> extends HostPort {
  readonly holder: H;
}

/**
 * The host ports in use on one node, found by number, and who holds them. Like upstream's, it is a set of keys: when
 * one of two Pods with the same port goes, the port counts as free, until something of the other one changes.
 * Upstream: staging/src/k8s.io/kube-scheduler/framework/types.go `HostPortInfo`
 */
export class HostPortIndex<H> {
  private readonly byNumber = new Map<number, Held<H>[]>();

  add(ports: readonly HostPort[], holder: H): void {
    for (const port of ports) {
      const held = this.byNumber.get(port.port);
      if (held) held.push({ ...port, holder });
      else this.byNumber.set(port.port, [{ ...port, holder }]);
    }
  }

  remove(ports: readonly HostPort[]): void {
    for (const { ip, protocol, port } of ports) {
      const rest = this.byNumber.get(port)?.filter((held) => held.ip !== ip || held.protocol !== protocol);
      if (!rest) continue;
      if (rest.length > 0) this.byNumber.set(port, rest);
      else this.byNumber.delete(port);
    }
  }

  isTaken(wanted: readonly HostPort[]): boolean {
    for (const port of wanted) {
      const held = this.byNumber.get(port.port);
      if (held?.some((one) => portsConflict(one, port))) return true;
    }
    return false;
  }

  /** Every pair of a wanted port and a port in its way. */
  conflicts(wanted: readonly HostPort[]): { wanted: HostPort; held: HostPort; holder: H }[] {
    return wanted.flatMap((port) =>
      (this.byNumber.get(port.port) ?? [])
        .filter((one) => portsConflict(one, port))
        .map((held) => ({ wanted: port, held, holder: held.holder })),
    );
  }
}
