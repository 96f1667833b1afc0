import type { IpSet, Ipvs, VirtualServer } from '../network/ipvs';
import type { Match, Rule } from '../network/netfilter/rule';
import { type Ruleset, builtinTable, tableOf, withChain, withTable } from '../network/netfilter/ruleset';
import { comment, jump, toLocal } from './service-portals';
import type { Backend } from './backends';
import type { ServicePort } from './service-ports';

// pkg/proxy/ipvs/ipset.go: the sets, with the comments of the rules that ask them (proxier.go `writeIptablesRules`).
const setTypes: Readonly<Record<string, string>> = {
  'KUBE-LOOP-BACK': 'hash:ip,port,ip',
  'KUBE-CLUSTER-IP': 'hash:ip,port',
  'KUBE-EXTERNAL-IP': 'hash:ip,port',
  'KUBE-NODE-PORT-TCP': 'bitmap:port',
  'KUBE-NODE-PORT-LOCAL-TCP': 'bitmap:port',
  'KUBE-NODE-PORT-UDP': 'bitmap:port',
  'KUBE-NODE-PORT-LOCAL-UDP': 'bitmap:port',
  'KUBE-IPVS-IPS': 'hash:ip',
};

/** The interface that has the addresses of all Services, so that the kernel takes their packets for its own. */
export const dummyDevice = 'kube-ipvs0';

/** Every address that Services have on this node beside its own. */
export function serviceAddresses(ports: readonly ServicePort[]): string[] {
  return [...new Set(ports.flatMap(({ clusterIPs, externalIPs }) => [...clusterIPs, ...externalIPs]))];
}

/** The virtual servers and sets of a node. `own` are its addresses, on which node ports are open. */
export function ipvsState(ports: readonly ServicePort[], own: readonly string[]): Ipvs {
  const servers = ports.flatMap((port) => {
    const inside = port.internalLocal ? port.local : port.cluster;
    const outside = port.externalLocal ? port.local : port.cluster;
    return [
      ...port.clusterIPs.map((address) => server(port, address, port.port, inside)),
      ...port.externalIPs.map((address) => server(port, address, port.port, outside)),
      ...(port.nodePort ? own.map((address) => server(port, address, port.nodePort ?? 0, outside)) : []),
    ];
  });
  return { servers, sets: sets(ports) };
}

function server(port: ServicePort, address: string, number: number, backends: readonly Backend[]): VirtualServer {
  const { protocol, affinitySeconds } = port;
  return {
    protocol: protocol === 'udp' ? 'UDP' : protocol === 'sctp' ? 'SCTP' : 'TCP',
    address,
    port: number,
    scheduler: 'rr',
    ...(affinitySeconds === undefined ? {} : { persistentSeconds: affinitySeconds }),
    backends: backends.map((one) => ({ address: one.address, port: one.port })),
  };
}

function sets(ports: readonly ServicePort[]): IpSet[] {
  const entries = new Map<string, Set<string>>(Object.keys(setTypes).map((name) => [name, new Set<string>()]));
  const put = (name: string, entry: string) => entries.get(name)?.add(entry);
  for (const port of ports) {
    const { protocol } = port;
    for (const address of port.clusterIPs) put('KUBE-CLUSTER-IP', `${address},${protocol}:${port.port}`);
    for (const address of port.externalIPs) put('KUBE-EXTERNAL-IP', `${address},${protocol}:${port.port}`);
    for (const one of port.cluster)
      if (one.local) put('KUBE-LOOP-BACK', `${one.address},${protocol}:${one.port},${one.address}`);
    if (!port.nodePort) continue;
    put(`KUBE-NODE-PORT-${protocol.toUpperCase()}`, String(port.nodePort));
    if (port.externalLocal) put(`KUBE-NODE-PORT-LOCAL-${protocol.toUpperCase()}`, String(port.nodePort));
  }
  for (const address of serviceAddresses(ports)) put('KUBE-IPVS-IPS', address);
  return [...entries].map(([name, set]) => ({ name, type: setTypes[name] ?? '', entries: [...set] }));
}

const inSet = (set: string, ...ends: ('src' | 'dst')[]): Match => ({ kind: 'ipset', set, ends });
const isNew: Match = { kind: 'conntrack', states: ['NEW'] };

/** The few rules of this mode: what is a Service's stands in the sets, so they never change. */
export function withIpvsRules(ruleset: Ruleset, podCIDR: string): Ruleset {
  const marked: Match = { kind: 'mark', value: 0x4000, mask: 0x4000 };
  const nodePorts = (protocol: 'tcp' | 'udp'): Rule[] => {
    const name = protocol.toUpperCase();
    const about = `Kubernetes nodeport ${name} port`;
    return [
      {
        protocol: { value: protocol },
        matches: [comment(`${about} with externalTrafficPolicy=local`), inSet(`KUBE-NODE-PORT-LOCAL-${name}`, 'dst')],
        target: { kind: 'return' },
      },
      {
        protocol: { value: protocol },
        matches: [comment(`${about} for masquerade purpose`), inSet(`KUBE-NODE-PORT-${name}`, 'dst')],
        target: jump('KUBE-MARK-MASQ'),
      },
    ];
  };
  const nat: Record<string, Rule[]> = {
    'KUBE-MARK-MASQ': [{ matches: [], target: { kind: 'mark', value: 0x4000, mask: 0x4000 } }],
    'KUBE-NODE-PORT': [...nodePorts('tcp'), ...nodePorts('udp')],
    'KUBE-POSTROUTING': [
      {
        matches: [
          comment('Kubernetes endpoints dst ip:port, source ip for solving hairpin purpose'),
          inSet('KUBE-LOOP-BACK', 'dst', 'dst', 'src'),
        ],
        target: { kind: 'masquerade', randomFully: false },
      },
      { matches: [{ ...marked, not: true }], target: { kind: 'return' } },
      { matches: [], target: { kind: 'mark', value: 0x4000, mask: 0 } },
      {
        matches: [comment('kubernetes service traffic requiring SNAT')],
        target: { kind: 'masquerade', randomFully: true },
      },
    ],
    'KUBE-SERVICES': [
      {
        source: { value: podCIDR, not: true },
        matches: [
          comment('Kubernetes service cluster ip + port for masquerade purpose'),
          inSet('KUBE-CLUSTER-IP', 'dst', 'dst'),
        ],
        target: jump('KUBE-MARK-MASQ'),
      },
      {
        matches: [
          comment('Kubernetes service external ip + port for masquerade and filter purpose'),
          inSet('KUBE-EXTERNAL-IP', 'dst', 'dst'),
        ],
        target: jump('KUBE-MARK-MASQ'),
      },
      { matches: [toLocal], target: jump('KUBE-NODE-PORT') },
      { matches: [inSet('KUBE-CLUSTER-IP', 'dst', 'dst')], target: { kind: 'accept' } },
    ],
  };
  const filter: Record<string, Rule[]> = {
    'KUBE-FORWARD': [
      { matches: [comment('kubernetes forwarding rules'), marked], target: { kind: 'accept' } },
      {
        matches: [
          comment('kubernetes forwarding conntrack rule'),
          { kind: 'conntrack', states: ['RELATED', 'ESTABLISHED'] },
        ],
        target: { kind: 'accept' },
      },
    ],
    'KUBE-IPVS-FILTER': [
      { matches: [inSet('KUBE-CLUSTER-IP', 'dst', 'dst')], target: { kind: 'return' } },
      { matches: [inSet('KUBE-EXTERNAL-IP', 'dst', 'dst')], target: { kind: 'return' } },
      { matches: [isNew, inSet('KUBE-IPVS-IPS', 'dst')], target: { kind: 'reject', with: 'icmp-port-unreachable' } },
    ],
  };
  const jumps = [
    ['nat', 'PREROUTING', 'KUBE-SERVICES', 'kubernetes service portals'],
    ['nat', 'OUTPUT', 'KUBE-SERVICES', 'kubernetes service portals'],
    ['nat', 'POSTROUTING', 'KUBE-POSTROUTING', 'kubernetes postrouting rules'],
    ['filter', 'INPUT', 'KUBE-IPVS-FILTER', 'kubernetes ipvs access filter'],
    ['filter', 'FORWARD', 'KUBE-FORWARD', 'kubernetes forwarding rules'],
  ] as const;
  let result = ruleset;
  for (const [name, chains] of [
    ['nat', nat],
    ['filter', filter],
  ] as const) {
    let table = tableOf(result, name) ?? builtinTable(name);
    if (!table) continue;
    for (const [chain, rules] of Object.entries(chains)) table = withChain(table, chain, () => rules);
    for (const [, from, to, text] of jumps.filter((entry) => entry[0] === name)) {
      const rule: Rule = { matches: [comment(text)], target: jump(to) };
      table = withChain(table, from, (rules) =>
        rules.some(({ target }) => target?.kind === 'jump' && target.chain === to) ? rules : [rule, ...rules],
      );
    }
    result = withTable(result, table);
  }
  return result;
}
