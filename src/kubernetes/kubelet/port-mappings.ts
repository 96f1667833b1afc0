import type { Pod } from '../api/generated/core-v1';
import type { Millis } from '../clock/clock';
import type { PortMapping } from '../network/kernel';

/** What the plug-in takes to write or remove a sandbox's rules: a command of its own for each. */
const writingRules: Millis = 150;

export function mappingTime(mappings: readonly PortMapping[]): Millis {
  return mappings.length > 0 ? writingRules : 0;
}

/** Only `spec.containers` are asked: a sidecar's host port is reserved by the scheduler and never mapped. */
export function portMappings(pod: Pod): PortMapping[] {
  return pod.spec.containers.flatMap(({ ports = [] }) =>
    ports.flatMap(({ hostPort = 0, containerPort, protocol = 'TCP', hostIP = '' }) =>
      hostPort > 0 && !pod.spec.hostNetwork
        ? [{ hostPort, containerPort, protocol: protocolOf(protocol), hostIP }]
        : [],
    ),
  );
}

function protocolOf(text: string): PortMapping['protocol'] {
  return text === 'UDP' || text === 'SCTP' ? text : 'TCP';
}
