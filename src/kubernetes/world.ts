import type { Credentials, KubernetesVersion } from './api/kind';
import type { JsonObject } from './api/object';
import { serverFacts } from './api/versions/server-facts';

/**
 * A world: nodes, network and toggles before anything is applied. Files: content/worlds/*.yaml, checked against
 * content/worlds/world.schema.json. Everything optional has a default in `completeWorld`.
 */
export interface WorldFile {
  readonly name: string;
  readonly about?: string;
  readonly kubernetes?: KubernetesVersion;
  /** Patch release that `kubectl version` and `get nodes` print: `v1.36.2`. */
  readonly release?: string;
  /** The date of virtual time 0, RFC 3339. */
  readonly startTime?: string;
  readonly podCIDR?: string;
  readonly serviceCIDR?: string;
  /** `10.1.0.0/24` */
  readonly lan?: string;
  readonly nodes: readonly NodeFile[];
  /** Machines outside the cluster: `client` is always there. */
  readonly machines?: readonly MachineFile[];
  /** Objects that exist before anything is applied (Secrets, Services, Namespaces …). */
  readonly objects?: readonly JsonObject[];
  /** Files that lie ready in the client's folder, by name, unless the user has some of that name. */
  readonly files?: Readonly<Record<string, string>>;
  readonly hostPortBackend?: HostPortBackend;
  /** Absent: nothing filters before the nodes. */
  readonly securityGroup?: SecurityGroup;
  readonly kubeProxy?: 'iptables' | 'nftables' | 'ipvs';
  readonly cni?: 'bridge' | 'flannel' | 'none';
  /** Whether the network plug-in enforces NetworkPolicies (absent: `none`; bridge and flannel do not). */
  readonly networkPolicy?: 'enforced' | 'none';
  readonly dns?: boolean;
  /** What the DNS runs: distributions bring their own (absent: kubeadm's). */
  readonly dnsImage?: string;
  /** What the LAN's own DNS server (its router) knows, by name; every other name is NXDOMAIN there. */
  readonly lanDNS?: Readonly<Record<string, string>>;
  readonly controlPlanePortsDeclared?: boolean;
  /** `fake` replaces every kubelet by one that only reports (used by recordings of controllers). */
  readonly kubelet?: 'real' | 'fake';
  /** Components that do not run in this world: `kube-scheduler`, `kube-controller-manager`. */
  readonly without?: readonly string[];
  readonly latency?: Partial<Latency>;
  /** Overrides of content/images for this world: `{"nginx:alpine": "nginx-debian-1.22"}`. */
  readonly images?: Readonly<Record<string, string>>;
  /** References of images that every node has from the start. */
  readonly preloadedImages?: readonly string[];
  /**
   * Whether what a real cluster leaves to chance inside its components (how far waits are stretched, when the clocks of
   * kubelets beat, the order of Go maps and of parallel searches) is drawn by lot, or always the same, so that one
   * crash loop runs as another.
   */
  readonly chance?: 'fixed' | 'drawn';
  /** What the certificate or token of `kubernetes-admin` says. */
  readonly administrator?: Credentials;
  /** Of which version the nodes' cgroups are (absent: `v2`). */
  readonly cgroups?: 'v1' | 'v2';
  /** `unreachable`: no image can be pulled. */
  readonly registry?: 'open' | 'unreachable';
}

/** A cloud's firewall before the nodes: what machines of other networks may reach. Everything else is dropped. */
export interface SecurityGroup {
  readonly name: string;
  readonly allow: readonly {
    readonly protocol?: 'TCP' | 'UDP' | 'SCTP';
    /** `22`, `30000-32767` */
    readonly ports: string;
    /** A range of sources; absent = anywhere. */
    readonly from?: string;
  }[];
}

export type HostPortBackend = 'portmap-iptables' | 'portmap-nftables' | 'ebpf' | 'none';

export interface NodeFile {
  readonly name: string;
  readonly internalIP: string;
  /** The machine's own name, where it differs from the Node object's. */
  readonly hostname?: string;
  readonly interface?: string;
  /**
   * The number that the other end of its interface has in another network namespace, where a node is not a machine but
   * a container (as kind makes them): `eth0@if12`.
   */
  readonly interfacePeer?: number;
  readonly podCIDR?: string;
  /** The first host part the CNI hands out (default 2): the ones before were those of Pods that are gone. */
  readonly nextPodAddress?: number;
  readonly roles?: readonly string[];
  readonly labels?: Readonly<Record<string, string>>;
  readonly taints?: readonly { key: string; value?: string; effect: string }[];
  readonly capacity?: Readonly<Record<string, string>>;
  readonly allocatable?: Readonly<Record<string, string>>;
  /** What the machine itself uses of its memory and of its disk (absent: 600Mi, and a fifth). */
  readonly used?: { readonly memory?: string; readonly 'ephemeral-storage'?: string };
  /** Processes of the machine itself that hold ports, besides sshd, kubelet and kube-proxy. */
  readonly processes?: readonly HostProcessFile[];
  readonly kubeProxy?: 'iptables' | 'nftables' | 'ipvs';
  readonly osImage?: string;
  readonly kernelVersion?: string;
  readonly containerRuntimeVersion?: string;
}

export interface HostProcessFile {
  readonly command: string;
  readonly listens: readonly { protocol?: 'TCP' | 'UDP' | 'SCTP'; address: string; port: number }[];
}

export interface MachineFile {
  readonly name: string;
  readonly ip: string;
  readonly interface?: string;
}

/** Milliseconds that things take. Defaults are near a real three-node cluster. */
export interface Latency {
  /** From a request to the API server to its answer. */
  readonly request: number;
  /** From a write to its watchers. */
  readonly watch: number;
  /** A scheduling cycle. */
  readonly schedule: number;
  /** From binding to a created sandbox. */
  readonly sandbox: number;
  readonly imagePull: number;
  readonly containerCreate: number;
  readonly containerStart: number;
  /** A look of the kubelet at what the runtime has of a Pod. */
  readonly containerEvent: number;
}

/** A world with every default filled in. */
export type World = Required<Omit<WorldFile, 'latency' | 'about' | 'securityGroup' | 'nodes'>> & {
  /** Grows when a machine joins. */
  readonly nodes: NodeFile[];
  readonly securityGroup?: SecurityGroup;
  readonly latency: Latency;
  readonly about: string;
};

const defaultLatency: Latency = {
  request: 5,
  watch: 2,
  schedule: 5,
  sandbox: 350,
  imagePull: 900,
  containerCreate: 60,
  containerStart: 90,
  containerEvent: 20,
};

export function completeWorld(file: WorldFile): World {
  return {
    about: '',
    kubernetes: '1.36',
    release: serverFacts[file.kubernetes ?? '1.36'].release,
    startTime: '2026-01-05T09:00:00Z',
    podCIDR: '10.244.0.0/16',
    serviceCIDR: '10.96.0.0/12',
    lan: '10.0.0.0/24',
    machines: [],
    objects: [],
    files: {},
    hostPortBackend: 'portmap-iptables',
    kubeProxy: 'iptables',
    cni: 'bridge',
    networkPolicy: 'none',
    dns: false,
    // cmd/kubeadm/app/constants/constants.go `CoreDNSVersion`
    dnsImage: 'registry.k8s.io/coredns/coredns:v1.12.4',
    lanDNS: {},
    controlPlanePortsDeclared: true,
    kubelet: 'real',
    without: [],
    images: {},
    preloadedImages: [],
    chance: 'fixed',
    administrator: { uid: 'admin-uid', groups: ['system:masters', 'kubeadm:cluster-admins'] },
    cgroups: 'v2',
    registry: 'open',
    ...file,
    nodes: [...file.nodes],
    latency: { ...defaultLatency, ...file.latency },
  };
}
