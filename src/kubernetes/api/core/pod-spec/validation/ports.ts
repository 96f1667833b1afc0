// Upstream: pkg/apis/core/validation/validation.go `validateContainerPorts`
import { duplicate, type FieldError, invalid, type Path, required } from '../../../field-error';
import type { ContainerPort } from '../../../generated/core-v1';
import { complaints } from '../../../meta/labels';
import { portName, portNumber } from '../../../meta/names';
import { requiredOneOf } from './supported';

export const protocols = ['SCTP', 'TCP', 'UDP'];

/** `hostIP` is not looked at: any text passes. */
export function validatePorts(ports: readonly ContainerPort[] | undefined, path: Path): FieldError[] {
  const errors: FieldError[] = [];
  const names = new Set<string>();
  for (const [i, port] of (ports ?? []).entries()) {
    const at = path.index(i);
    if (port.name) {
      const wrong = complaints(portName, at.child('name'), port.name);
      if (wrong.length > 0) errors.push(...wrong);
      else if (names.has(port.name)) errors.push(duplicate(at.child('name'), port.name));
      else names.add(port.name);
    }
    if (!port.containerPort) errors.push(required(at.child('containerPort')));
    else errors.push(...validatePortNumber(port.containerPort, at.child('containerPort')));
    if (port.hostPort) errors.push(...validatePortNumber(port.hostPort, at.child('hostPort')));
    errors.push(...requiredOneOf(port.protocol, protocols, at.child('protocol')));
  }
  return errors;
}

export function validatePortNumber(port: number, path: Path): FieldError[] {
  return portNumber(port).map((message) => invalid(path, port, message));
}

/** The port of a probe or of a Service's target. Upstream `ValidatePortNumOrName`. */
export function validatePortNumberOrName(port: string | number | undefined, path: Path): FieldError[] {
  return typeof port === 'string' ? complaints(portName, path, port) : validatePortNumber(port ?? 0, path);
}
