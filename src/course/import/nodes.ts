import type { NodeFile } from '@/kubernetes/world';
import { type Listed, objectAt, objectsOf, textOf, textsOf } from './json';

/** Labels that a kubelet or a controller sets by itself: the simulated ones do so too. */
const ownLabels = [
  'beta.kubernetes.io/arch',
  'beta.kubernetes.io/os',
  'kubernetes.io/arch',
  'kubernetes.io/os',
  'kubernetes.io/hostname',
  'node.kubernetes.io/exclude-from-external-load-balancers',
];
const roleLabel = 'node-role.kubernetes.io/';

/** Taints that the node controller sets and takes away by what it sees. */
const passingTaint = /^node\.kubernetes\.io\//;

/** Every machine of the course lets its owner in. */
const sshd = {
  command: 'sshd',
  listens: [
    { address: '0.0.0.0', port: 22 },
    { address: '::', port: 22 },
  ],
};

/** A Node object as the machine of a world; undefined when it has no internal address. */
export function nodeOf(object: Listed): NodeFile | undefined {
  const name = textOf(objectAt(object, 'metadata').name);
  const status = objectAt(object, 'status');
  const addresses = objectsOf(status.addresses);
  const address = (type: string) => textOf(addresses.find((entry) => entry.type === type)?.address);
  const internalIP = address('InternalIP');
  if (name === undefined || internalIP === undefined) return undefined;
  const hostname = address('Hostname');
  const info = objectAt(status, 'nodeInfo');
  const labels = textsOf(objectAt(object, 'metadata', 'labels')) ?? {};
  const roles = Object.keys(labels)
    .filter((key) => key.startsWith(roleLabel))
    .map((key) => key.slice(roleLabel.length));
  return {
    name,
    internalIP,
    ...(hostname !== undefined && hostname !== name ? { hostname } : {}),
    interface: 'eth0',
    ...present('podCIDR', textOf(objectAt(object, 'spec').podCIDR)),
    ...(roles.length > 0 ? { roles } : {}),
    ...present(
      'labels',
      textsOf(labels, (key) => !ownLabels.includes(key) && !key.startsWith(roleLabel)),
    ),
    ...present('taints', taintsOf(object)),
    ...present('capacity', textsOf(status.capacity)),
    ...present('allocatable', textsOf(status.allocatable)),
    ...present('osImage', textOf(info.osImage)),
    ...present('kernelVersion', textOf(info.kernelVersion)),
    ...present('containerRuntimeVersion', textOf(info.containerRuntimeVersion)),
    processes: [sshd],
  };
}

function taintsOf(object: Listed): NodeFile['taints'] {
  const taints = objectsOf(objectAt(object, 'spec').taints).flatMap((taint) => {
    const [key, effect, value] = [textOf(taint.key), textOf(taint.effect), textOf(taint.value)];
    return key === undefined || effect === undefined || passingTaint.test(key)
      ? []
      : [{ key, ...present('value', value), effect }];
  });
  return taints.length > 0 ? taints : undefined;
}

/** A field, where there is a value for it. */
function present<K extends string, T>(name: K, value: T | undefined): { [key in K]?: T } {
  // A computed key widens to an index signature: the type says what the line builds.
  return value === undefined ? {} : ({ [name]: value } as { [key in K]: T });
}
