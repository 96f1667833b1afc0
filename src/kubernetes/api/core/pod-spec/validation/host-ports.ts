// Upstream: pkg/apis/core/validation/validation.go `checkHostPortConflicts`, `validatePodHostNetworkDeps`
import { duplicate, type FieldError, invalid, type Path } from '../../../field-error';
import type { Container, PodSpec } from '../../../generated/core-v1';

/** Two ports of these containers on one host port: protocol, address and number are compared as text. */
export function validateHostPortConflicts(containers: readonly Container[], path: Path): FieldError[] {
  const errors: FieldError[] = [];
  const taken = new Set<string>();
  for (const [c, container] of containers.entries()) {
    for (const [p, port] of (container.ports ?? []).entries()) {
      if (!port.hostPort) continue;
      const key = `${port.protocol ?? ''}/${port.hostIP ?? ''}/${port.hostPort}`;
      if (taken.has(key)) errors.push(duplicate(path.index(c).child('ports').index(p).child('hostPort'), key));
      else taken.add(key);
    }
  }
  return errors;
}

/** With hostNetwork a host port is the container port; a template may leave it to the Pod's defaults. */
export function validateHostNetworkPorts(spec: PodSpec, path: Path, isPod: boolean): FieldError[] {
  const errors: FieldError[] = [];
  if (!spec.hostNetwork) return errors;
  for (const [c, container] of (spec.containers ?? []).entries()) {
    for (const [p, { hostPort = 0, containerPort = 0 }] of (container.ports ?? []).entries()) {
      if (hostPort === containerPort || (hostPort === 0 && !isPod)) continue;
      const at = path.child('containers').index(c).child('ports').index(p).child('hostPort');
      errors.push(invalid(at, hostPort, 'must match `containerPort` when `hostNetwork` is true'));
    }
  }
  return errors;
}
