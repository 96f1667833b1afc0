/** How a state is to be read; the word and the glyph beside it say the same. */
export type Tone = 'good' | 'wait' | 'refuse' | 'soft';

/** A listening socket on an edge: of the node, or of a Pod's own room. */
export interface Door {
  readonly port: number;
  readonly protocol: string;
  /** The program that holds it, as `ss -p` names it. */
  readonly program: string;
  /** Key of the Pod that owns the program; none = a process of the machine itself. */
  readonly room?: string;
}

/** A host port that is forwarded to a room: no socket, only a rule. */
export interface Bell {
  readonly port: number;
  readonly protocol: string;
  readonly room: string;
  readonly targetPort: number;
}

/** A port of every node that leads to a Service: no socket either, a rule of kube-proxy. */
export interface NodePort {
  readonly port: number;
  readonly protocol: string;
  /** Key of the Service, and its name. */
  readonly service: string;
  readonly name: string;
  /** Somebody is there whom this node would send it to. */
  readonly answers: boolean;
}

/** Somebody whom a Service sends to. */
export interface Backend {
  /** Of the Pod; without one, the address. */
  readonly name: string;
  readonly node?: string;
  /** Key of the Pod. */
  readonly room?: string;
}

/** A Service: nobody who listens, but a name and an address from which rules lead to Pods. */
export interface Sign {
  /** `namespace/name` */
  readonly key: string;
  readonly name: string;
  /** `ClusterIP`, `NodePort`, `LoadBalancer`, `ExternalName` */
  readonly type: string;
  /** The cluster IP, `None`, or the name that it stands for. */
  readonly address: string;
  readonly ports: readonly {
    readonly port: number;
    readonly protocol: string;
    /** Number or name of the port of the Pods. */
    readonly target: string;
    readonly nodePort?: number;
  }[];
  readonly backends: readonly Backend[];
  /** `externalTrafficPolicy: Local`: a node sends outsiders to its own Pods only. */
  readonly localOnly: boolean;
}

/** A Pod as the picture shows it. */
export interface Room {
  /** `namespace/name` */
  readonly key: string;
  readonly name: string;
  /** The STATUS column of kubectl. */
  readonly status: string;
  /** The READY column of kubectl: `1/1`. */
  readonly ready: string;
  readonly restarts: number;
  readonly tone: Tone;
  readonly ip?: string;
  readonly hostNetwork: boolean;
  readonly doors: readonly Door[];
  /** Names of the Services that send to it. */
  readonly services: readonly string[];
  /** Who refused it, and what, in a few words: `kernel: 0.0.0.0:80 is in use`. */
  readonly refusal?: string;
  /** The last lines of its log, where it ended badly. */
  readonly said?: string;
}

export interface House {
  readonly name: string;
  readonly address: string;
  readonly status: string;
  readonly doors: readonly Door[];
  readonly bells: readonly Bell[];
  readonly nodePorts: readonly NodePort[];
  readonly rooms: readonly Room[];
}

/** All that the picture of a cluster shows, and all that its text twin says. */
export interface Picture {
  readonly houses: readonly House[];
  /** Pods that are on no node. */
  readonly waiting: readonly Room[];
  readonly signs: readonly Sign[];
}
