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
  readonly rooms: readonly Room[];
}

/** All that the picture of a cluster shows, and all that its text twin says. */
export interface Picture {
  readonly houses: readonly House[];
  /** Pods that are on no node. */
  readonly waiting: readonly Room[];
}
