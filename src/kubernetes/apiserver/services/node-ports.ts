// Upstream: pkg/registry/core/service/portallocator, storage/alloc.go `allocNodePort`, `updateNodePorts`
import { type FieldError, invalid, Path } from '../../api/field-error';
import type { Service } from '../../api/generated/core-v1';
import type { Backend } from '../backend';
import { needsHealthCheckPort, needsNodePort, portsOf } from './needs';

export const nodePortRange = { first: 30_000, last: 32_767 };

// The lowest ports are kept for numbers chosen by hand. pkg/registry/core/service/portallocator `calculateRangeOffset`
const reserved = 86;

const dummyPort = 32_768;

const takenText = 'provided port is already allocated';
const outsideText = `provided port is not in the valid range. The range of valid ports is ${nodePortRange.first}-${nodePortRange.last}`;

/** One Service's allocations: what others hold, what it holds itself, and what is drawn or claimed on the way. */
class Operation {
  private readonly claimed = new Set<number>();

  constructor(
    private readonly others: ReadonlySet<number>,
    private readonly service: Service,
    private readonly backend: Backend,
    private readonly dryRun: boolean,
  ) {}

  /** Why `port` cannot be had; undefined when it was taken. A dry run does not look at the range. */
  claim(port: number): string | undefined {
    if (this.others.has(port) || this.claimed.has(port)) return takenText;
    if (!this.dryRun && (port < nodePortRange.first || port > nodePortRange.last)) return outsideText;
    this.claimed.add(port);
    return undefined;
  }

  draw(): number | undefined {
    if (this.dryRun) {
      // A number that nobody looked for, after those already claimed. operation.go `AllocateNext`
      const dummy = (this.claimed.size > 0 ? Math.max(...this.claimed) : dummyPort) + 1;
      this.claimed.add(dummy);
      return dummy;
    }
    const { namespace = '', name } = this.service.metadata;
    const from = nodePortRange.first + reserved;
    const count = nodePortRange.last - from + 1;
    const start = this.backend.lots.below(count, `node-port/${namespace}/${name}`);
    for (let i = 0; i < count; i++) {
      const port = from + ((start + i) % count);
      if (this.claim(port) === undefined) return port;
    }
    return undefined;
  }
}

/** Gives every port of a Service its node port; `previous` is what the stored Service already holds. */
export function allocateNodePorts(
  service: Service,
  previous: Service | undefined,
  backend: Backend,
  dryRun: boolean,
): FieldError[] {
  const others = new Set<number>();
  for (const one of backend.store.list('services')) {
    if (!previous || one.metadata.uid !== previous.metadata.uid) for (const port of held(one)) others.add(port);
  }
  const operation = new Operation(others, service, backend, dryRun);
  const kept = previous && needsNodePort(previous) ? new Set(held(previous)) : undefined;
  if (needsNodePort(service)) {
    const error = kept ? allocateChanged(service, kept, operation) : allocateNew(service, operation);
    if (error) return [error];
  }
  if (needsHealthCheckPort(service) && !service.spec.healthCheckNodePort) {
    service.spec.healthCheckNodePort = operation.draw();
  }
  return [];
}

const pathOf = (index: number) => Path.of('spec.ports').index(index).child('nodePort');

/** The same Service port over two protocols shares one number. Upstream: `allocNodePorts` */
function allocateNew(service: Service, operation: Operation): FieldError | undefined {
  const numbers = new Map<number, number>();
  const ports = portsOf(service);
  for (const [i, port] of ports.entries()) {
    const shared = numbers.get(port.port);
    if (shared !== undefined) {
      if (!port.nodePort) port.nodePort = shared;
      else if (port.nodePort !== shared) {
        const refusal = operation.claim(port.nodePort);
        if (refusal !== undefined) return invalid(pathOf(i), port.nodePort, refusal);
      }
      continue;
    }
    const wanted = ports.find((one) => one.port === port.port && one.nodePort)?.nodePort;
    if (wanted !== undefined) {
      const refusal = operation.claim(wanted);
      if (refusal !== undefined) return invalid(pathOf(i), wanted, refusal);
    }
    port.nodePort = wanted ?? operation.draw();
    if (port.nodePort !== undefined) numbers.set(port.port, port.nodePort);
  }
  return undefined;
}

/** Upstream: `updateNodePorts` */
function allocateChanged(service: Service, kept: ReadonlySet<number>, operation: Operation): FieldError | undefined {
  const claimed = new Set<number>();
  for (const [i, port] of portsOf(service).entries()) {
    if (!port.nodePort) {
      port.nodePort = operation.draw();
    } else if (!kept.has(port.nodePort) && !claimed.has(port.nodePort)) {
      const refusal = operation.claim(port.nodePort);
      if (refusal !== undefined) return invalid(pathOf(i), port.nodePort, refusal);
      claimed.add(port.nodePort);
    }
  }
  return undefined;
}

function held(service: Service): number[] {
  const ports = portsOf(service).flatMap(({ nodePort }) => (nodePort ? [nodePort] : []));
  const { healthCheckNodePort } = service.spec;
  return healthCheckNodePort ? [...ports, healthCheckNodePort] : ports;
}
