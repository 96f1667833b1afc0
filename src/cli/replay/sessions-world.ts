import { parse } from 'yaml';
import { isObject, type JsonObject } from '@/kubernetes/api/object';
import { parseImageName } from '@/kubernetes/runtime/image-name';
import type { HostProcessFile, MachineFile, NodeFile, WorldFile } from '@/kubernetes/world';
import { nextPodAddress } from './pod-addresses';
import type { RecordingPlace } from './recording';

/** Images of the recorded nodes that their world files do not list. */
const alsoThere = ['demo/node-exporter:1', 'coredns:1'];
/** What their CoreDNS ran from: an image of the recorders' own (a comment of their world file says so). */
const dnsImage = 'coredns:1';
/** Recorded under tags of nginx: an image of the recorders' own (their world file describes it). */
const homemadeNginx = 'nginx-debian-1.22';

/** What their file of tokens says of kubernetes-admin (their world file tells that there are tokens, not certificates). */
const tokenUser = { uid: 'kubernetes-admin', groups: ['system:masters'] };

/** The recorded nodes were namespaces of one machine: numbers 1 to 4 of it were no nodes' (lo, eth0, a bridge, its port). */
const firstPeer = 5;

/**
 * Turns a world file of tests/conformance/worlds, and those it is based on, into one of ours. `outputs`, what the
 * commands of a session printed, tell what the sessions before have left.
 */
export function sessionsWorld(
  name: string,
  place: RecordingPlace,
  startTime: string,
  outputs: readonly string[] = [],
): WorldFile {
  const file = readWorld(name, place);
  const places = object(file.places);
  const nodes: NodeFile[] = [];
  const machines: MachineFile[] = [];
  for (const [position, [key, value]] of Object.entries(places).entries()) {
    if (!isObject(value)) continue;
    const [machine, ip] = [key, text(value.ip) ?? ''];
    if (value.podCIDR === undefined) machines.push({ name: machine, ip, interface: text(value.interface) });
    else {
      const left = {
        interfacePeer: firstPeer + position,
        nextPodAddress: nextPodAddress(outputs, text(value.podCIDR)),
      };
      nodes.push({ ...nodeOf(machine, ip, value, file), ...left });
    }
  }
  const references = [...imageReferences(file), ...alsoThere];
  const remarks = JSON.stringify(file.differsFromStock ?? []);
  const nginx = references.filter((one) => parseImageName(one)?.repository === 'docker.io/library/nginx');
  return {
    name,
    startTime,
    release: text(file.kubernetes) ?? 'v1.36.2',
    lan: text(file.lan),
    podCIDR: text(file.podCIDR),
    serviceCIDR: text(file.serviceCIDR),
    nodes,
    machines,
    objects: secrets(file),
    dns: file.coredns !== undefined,
    dnsImage,
    lanDNS: strings(object(file.lanDNS).zone),
    preloadedImages: references,
    images: Object.fromEntries(nginx.map((one) => [one, homemadeNginx])),
    registry: 'unreachable',
    ...(remarks.includes('API server tokens') ? { administrator: tokenUser } : {}),
    cgroups: remarks.includes('cgroup v1') ? 'v1' : 'v2',
    chance: 'drawn',
    latency: { sandbox: 150, containerCreate: 40, containerStart: 60, containerEvent: 20 },
  };
}

/** A world file with what it is based on underneath. */
function readWorld(name: string, place: RecordingPlace): JsonObject {
  const source = place.world(name);
  if (source === undefined) throw new Error(`there is no world ${name}`);
  const file = object(parse(source));
  const under = typeof file.base === 'string' ? readWorld(file.base, place) : baseOf(file, place);
  return { ...under, ...file, ...(isObject(file.images) ? {} : { images: under.images }) };
}

/** `images: as in w2-three-nodes (…)`: the other world's are meant. */
function baseOf({ images }: JsonObject, place: RecordingPlace): JsonObject {
  const other = typeof images === 'string' ? /^as in ([\w-]+)/.exec(images)?.[1] : undefined;
  return other ? { images: readWorld(other, place).images } : {};
}

function nodeOf(name: string, ip: string, value: JsonObject, file: JsonObject): NodeFile {
  const roles = Array.isArray(value.roles) ? value.roles.map(String) : [];
  const proxy = object(file.kubeProxy)[name];
  return {
    name,
    internalIP: ip,
    interface: text(value.interface),
    podCIDR: text(value.podCIDR),
    roles,
    taints: Array.isArray(value.taints) ? value.taints.map((one) => taint(String(one))) : [],
    capacity: strings(file.capacity),
    allocatable: strings(file.allocatable),
    processes: text(value.note)?.includes('control plane') ? controlPlane : [],
    kernelVersion: '6.18.44',
    osImage: 'Debian GNU/Linux 12 (bookworm)',
    containerRuntimeVersion: `containerd://${(text(object(file.runtime).containerd) ?? 'v2.4.2').replace(/^v/, '')}`,
    ...(typeof proxy === 'string' && proxy.includes('nftables') ? { kubeProxy: 'nftables' as const } : {}),
  };
}

/** A control plane of plain processes on a node without that role. */
const controlPlane: readonly HostProcessFile[] = [
  { command: 'etcd', listens: [listens(2379, '127.0.0.1'), listens(2380, '127.0.0.1')] },
  { command: 'kube-apiserver', listens: [listens(6443, '::')] },
  { command: 'kube-controller-manager', listens: [listens(10257, '127.0.0.1')] },
  { command: 'kube-scheduler', listens: [listens(10259, '127.0.0.1')] },
];

function listens(port: number, address: string): HostProcessFile['listens'][number] {
  return { address, port };
}

/** `node-role.kubernetes.io/control-plane:NoSchedule` */
function taint(source: string): { key: string; value?: string; effect: string } {
  const [left = '', effect = ''] = source.split(':');
  const [key = '', value] = left.split('=');
  return { key, effect, ...(value === undefined ? {} : { value }) };
}

/** `default-secret (kubernetes.io/dockerconfigjson, placeholder)` */
function secrets({ secrets: list }: JsonObject): JsonObject[] {
  return (Array.isArray(list) ? list.map(String) : []).map((one) => ({
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name: one.split(' ')[0] ?? '', namespace: 'default' },
    type: /\(([^,)]+)/.exec(one)?.[1] ?? 'Opaque',
    data: { '.dockerconfigjson': 'e30=' },
  }));
}

/** The keys of `images:` name one or several references each. */
function imageReferences({ images }: JsonObject): string[] {
  return Object.keys(object(images)).flatMap((key) => key.split(',').map((one) => one.trim()));
}

function object(value: unknown): JsonObject {
  return isObject(value) ? value : {};
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function strings(value: unknown): Record<string, string> {
  return Object.fromEntries(Object.entries(object(value)).map(([key, item]) => [key, String(item)]));
}
