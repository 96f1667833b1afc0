/** One rule, whoever wrote it: iptables or nftables. The printers give it the one or the other spelling. */
export interface Rule {
  readonly source?: Negatable;
  readonly destination?: Negatable;
  readonly in?: Negatable;
  readonly out?: Negatable;
  /** `tcp`, `udp`, `sctp`, `icmp` */
  readonly protocol?: Negatable;
  /** In the order in which they were given and are printed. */
  readonly matches: readonly Match[];
  /** A rule without a target counts and does nothing. */
  readonly target?: Target;
  /** nftables: after the statement. */
  readonly comment?: string;
}

/** `! -s 10.244.0.0/16` */
export interface Negatable {
  readonly value: string;
  readonly not?: boolean;
}

export type Match =
  | { readonly kind: 'comment'; readonly text: string }
  /** Whether an address is one of the machine's own: `-m addrtype`, `fib daddr type`. */
  | { readonly kind: 'addrtype'; readonly end: 'src' | 'dst'; readonly not?: boolean }
  /** `-m tcp --dport 80`; without ports it only says the protocol again. */
  | {
      readonly kind: 'ports';
      readonly protocol: string;
      readonly dport?: Negatable;
      readonly sport?: Negatable;
      readonly syn?: 'only' | 'not';
    }
  | {
      readonly kind: 'multiport';
      readonly dports: readonly string[];
      readonly side?: 'sports' | 'ports';
      readonly not?: boolean;
    }
  /** `-m icmp --icmp-type 8` */
  | { readonly kind: 'icmp'; readonly type: string; readonly not?: boolean }
  /** Lets through so many; what comes one by one is always within it. `rate`: `5/min`. */
  | { readonly kind: 'limit'; readonly rate: string; readonly burst: number }
  | { readonly kind: 'mark'; readonly value: number; readonly mask: number; readonly not?: boolean }
  /** `state`: written with the older `-m state --state`. */
  | { readonly kind: 'conntrack'; readonly states: readonly string[]; readonly not?: boolean; readonly state?: boolean }
  | { readonly kind: 'statistic'; readonly probability: string }
  | { readonly kind: 'recent'; readonly set: boolean; readonly name: string; readonly seconds?: number }
  /** Counts; matches always. */
  | { readonly kind: 'nfacct'; readonly name: string }
  /** `-m set --match-set NAME dst,dst`: an ipset, which is the machine's and no table's. */
  | { readonly kind: 'ipset'; readonly set: string; readonly ends: readonly ('src' | 'dst')[] }
  /** nftables: the address (or source, destination, protocol and port together) is an element of a set. */
  | { readonly kind: 'set'; readonly end: 'src' | 'dst' | 'flow'; readonly set: string; readonly not?: boolean }
  /** nftables: the address is in one of these ranges, which stand in the rule, after what stands before. */
  | { readonly kind: 'ranges'; readonly end: 'src' | 'dst'; readonly ranges: readonly string[]; readonly not?: boolean }
  /** nftables: its destination has been rewritten (`ct status dnat`). */
  | { readonly kind: 'rewritten' };

export type Target =
  | { readonly kind: 'jump' | 'goto'; readonly chain: string }
  | { readonly kind: 'accept' | 'drop' | 'return' }
  | { readonly kind: 'reject'; readonly with: string }
  | { readonly kind: 'mark'; readonly value: number; readonly mask: number }
  /** `spread`: written as a map from which one is drawn, even where there is only one. */
  | { readonly kind: 'dnat'; readonly to: readonly Endpoint[]; readonly spread?: boolean }
  | { readonly kind: 'snat'; readonly to: string }
  /** `unmark`: nftables takes this bit of the mark away first. */
  | { readonly kind: 'masquerade'; readonly randomFully: boolean; readonly unmark?: number }
  | { readonly kind: 'redirect'; readonly port: number }
  /** nftables: the verdict stands in a map under these fields of the packet. */
  | { readonly kind: 'vmap'; readonly keys: readonly VmapKey[]; readonly map: string }
  /** nftables: one of these chains, drawn by lot. */
  | { readonly kind: 'lot'; readonly chains: readonly string[] }
  /** nftables: the source is put into a set, for as long as the set keeps it. */
  | { readonly kind: 'remember'; readonly set: string }
  /** Writes into the log of the kernel, which is not simulated. */
  | { readonly kind: 'log'; readonly prefix?: string; readonly level: number };

/** Where to; `port` undefined keeps the packet's. Of several one is drawn by lot. */
export interface Endpoint {
  readonly address: string;
  readonly port?: number;
}

export type VmapKey = 'daddr' | 'protocol' | 'dport';
