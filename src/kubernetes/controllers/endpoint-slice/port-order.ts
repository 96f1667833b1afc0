import { fnv128a } from '../../hash/fnv128a';

/** A port of an EndpointSlice or of an Endpoints subset. */
interface Port {
  readonly name?: string | undefined;
  readonly port?: number | undefined;
  readonly protocol?: string | undefined;
  readonly appProtocol?: string | undefined;
}

/** How Go prints a field of a struct that is told apart by pointers. Upstream: apimachinery/pkg/util/dump `ForHash` */
function pointer(type: string, value: string | number | undefined): string {
  return `(*${type})${value ?? '<nil>'}`;
}

function slicePort({ name, protocol, port, appProtocol }: Port): string {
  const fields = [
    `Name:${pointer('string', name)}`,
    `Protocol:${pointer('v1.Protocol', protocol)}`,
    `Port:${pointer('int32', port)}`,
    `AppProtocol:${pointer('string', appProtocol)}`,
  ];
  return `(v1.EndpointPort){${fields.join(' ')}}`;
}

function subsetPort({ name = '', protocol = '', port = 0, appProtocol }: Port): string {
  const fields = [
    `Name:(string)${name}`,
    `Port:(int32)${port}`,
    `Protocol:(v1.Protocol)${protocol}`,
    `AppProtocol:${pointer('string', appProtocol)}`,
  ];
  return `(v1.EndpointPort){${fields.join(' ')}}`;
}

/**
 * Ports in the order in which they are stored: that of their hashes, in either kind.
 * Upstream: staging/src/k8s.io/endpointslice/util/controller_utils.go `portsInOrder`; pkg/api/v1/endpoints/util.go `portsByHash`
 */
export function inStoredOrder<P extends Port>(ports: readonly P[], kind: 'EndpointSlice' | 'Endpoints'): P[] {
  if (ports.length < 2) return [...ports];
  const dump = kind === 'Endpoints' ? subsetPort : slicePort;
  const hashed = ports.map((port) => ({ port, hash: fnv128a(dump(port)) }));
  return hashed.sort((a, b) => (a.hash < b.hash ? -1 : 1)).map(({ port }) => port);
}
