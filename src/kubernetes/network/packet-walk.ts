import type { Network } from './network';
import { HOST, type HostKernel } from './host';
import type { Process, Socket } from './kernel';
import { type HookResult, type RuleHit, runHook } from './netfilter/evaluate';
import type { Rule } from './netfilter/rule';
import type { HookName } from './netfilter/ruleset';
import type { Packet } from './packet';
import { isLocalAddress, lookupRoute, masqueradeAddress, sourceAddress } from './routing';
import { isLoopback } from './address';
import { chooseBackend, isInSet, virtualServerFor } from './ipvs';
import type { LocalEnds } from './policy/enforcer';

/** One thing that happened to a packet on its way. */
export interface Hop {
  readonly host: string;
  /** `host`, or a sandbox id. */
  readonly namespace: string;
  readonly step: HookName | 'send' | 'route' | 'bridge' | 'wire' | 'policy' | 'ipvs' | 'deliver' | 'lost';
  /** What happened, in words. */
  readonly text: string;
  /** The rules that did something here. */
  readonly hits: readonly RuleHit[];
  /** The packet after this hop. */
  readonly packet: Packet;
}

/** `unreachable`: the next machine does not answer ARP. `no route`: the sender knows no way at all. */
export type WalkResult = 'answered' | 'refused' | 'timeout' | 'unreachable' | 'no route';

export interface Walk {
  readonly result: WalkResult;
  readonly hops: readonly Hop[];
  readonly packet: Packet;
  /** Where it arrived: the socket that took it, and whose it is. */
  readonly arrival?: {
    readonly kernel: HostKernel;
    readonly namespace: string;
    readonly socket?: Socket;
    readonly process?: Process;
  };
}

export interface WalkFrom {
  readonly kernel: HostKernel;
  readonly namespace: string;
}

export interface WalkTo {
  readonly protocol: Packet['protocol'];
  readonly address: string;
  readonly port: number;
}

/** Lots that are drawn on the way; a walk for show draws from a stream of its own. */
export type Draw = () => number;

/**
 * Follows the first packet of a connection from a network namespace to whoever takes it: routes, the machine's packet
 * filter hook by hook, bridge and wire. Answers are not followed: whatever takes a packet can answer.
 */
export function walkPacket(network: Network, from: WalkFrom, to: WalkTo, draw: Draw, count?: CountRule): Walk {
  return new Walker(network, draw, count).send(from, to);
}

/** Told of every rule of a nat chain that fits on the way; absent for a walk for show. */
export type CountRule = (rule: Rule, packet: Packet) => void;

class Walker {
  private readonly hops: Hop[] = [];

  constructor(
    private readonly network: Network,
    private readonly draw: Draw,
    private readonly count: CountRule | undefined,
  ) {}

  send({ kernel, namespace }: WalkFrom, to: WalkTo): Walk {
    const source = sourceAddress(kernel, namespace, to.address);
    let packet: Packet = {
      protocol: to.protocol,
      source: source ?? '0.0.0.0',
      sourcePort: 32_768 + Math.floor(this.draw() * 28_232),
      destination: to.address,
      destinationPort: to.port,
      mark: 0,
    };
    if (source === undefined) return this.lost('no route', kernel, namespace, packet, 'no route to the address');
    packet = { ...packet, out: lookupRoute(kernel, namespace, to.address)?.device };
    this.note('send', kernel, namespace, packet, 'sent');
    const result = this.hook('output', kernel, namespace, packet);
    packet = result.packet;
    if (result.verdict !== 'accept') return this.refusedBy(result, kernel, namespace);
    const balanced = this.balance(kernel, namespace, packet);
    if (balanced) return balanced;
    // Translated packets are routed anew.
    packet = { ...packet, out: lookupRoute(kernel, namespace, packet.destination)?.device };
    return this.leave(kernel, namespace, packet);
  }

  /** After the routing decision of a packet that leaves the namespace, or loops back into it. */
  private leave(kernel: HostKernel, namespace: string, packet: Packet): Walk {
    const route = lookupRoute(kernel, namespace, packet.destination);
    if (!route) return this.lost('no route', kernel, namespace, packet, 'no route to the address');
    const result = this.hook('postrouting', kernel, namespace, { ...packet, out: route.device });
    if (result.verdict !== 'accept') return this.refusedBy(result, kernel, namespace);
    const next = { ...result.packet, in: undefined, out: undefined };
    if (route.device === 'lo') return this.input(kernel, namespace, { ...next, in: 'lo' });
    return this.transmit(kernel, namespace, next, route.device, route.via ?? packet.destination);
  }

  /** From an interface to the next machine. */
  private transmit(kernel: HostKernel, namespace: string, packet: Packet, device: string, nextHop: string): Walk {
    if (namespace !== HOST) return this.throughBridge(kernel, namespace, packet, nextHop);
    const out = kernel.interfaces(HOST).find((entry) => entry.name === device);
    if (out?.kind === 'bridge') {
      const pod = this.podAt(kernel, nextHop);
      if (!pod)
        return this.lost('unreachable', kernel, HOST, packet, `nobody behind ${device} has the address ${nextHop}`);
      this.note('bridge', kernel, HOST, packet, `over ${device} into the Pod's network`);
      return this.arrive(kernel, pod, packet, 'eth0');
    }
    const neighbour = this.network.hostAt(nextHop);
    if (neighbour && neighbour !== kernel) {
      const refused = this.network.firewall(kernel.host, neighbour.host, packet);
      if (refused) return this.lost('timeout', neighbour, HOST, packet, refused);
      this.note(
        'wire',
        kernel,
        HOST,
        packet,
        `${out?.kind === 'vxlan' ? `into the tunnel ${device}, ` : ''}over the wire to ${neighbour.host}`,
      );
      const inward = neighbour.interfaces(HOST).find((entry) => entry.addresses.some((one) => one.address === nextHop));
      return this.arrive(neighbour, HOST, packet, inward?.name ?? 'eth0');
    }
    // The LAN's router takes everything that is sent through it; what it cannot place, it drops.
    const beyond = this.network.beyondRouter(kernel.host, nextHop, packet.destination);
    if (beyond === 'drop')
      return this.lost('timeout', kernel, HOST, packet, `the router ${nextHop} knows no way and drops it`);
    if (beyond) {
      const refused = this.network.firewall(kernel.host, beyond.host, packet);
      if (refused) return this.lost('timeout', beyond, HOST, packet, refused);
      this.note('wire', kernel, HOST, packet, `through the router ${nextHop} to ${beyond.host}`);
      return this.arrive(beyond, HOST, packet, 'eth0');
    }
    return this.lost('unreachable', kernel, HOST, packet, `no machine on the network has the address ${nextHop}`);
  }

  /** Out of a Pod: to a neighbour on the same bridge, or up to the node. */
  private throughBridge(kernel: HostKernel, namespace: string, packet: Packet, nextHop: string): Walk {
    const neighbour = this.podAt(kernel, nextHop);
    if (neighbour && neighbour !== namespace) {
      const stopped = this.policies(kernel, packet, { source: true, destination: true });
      if (stopped) return stopped;
      this.note('bridge', kernel, namespace, packet, 'over the bridge to the neighbour');
      return this.arrive(kernel, neighbour, packet, 'eth0');
    }
    const bridge = kernel.interfaces(HOST).find((entry) => entry.kind === 'bridge');
    if (!bridge?.addresses.some((entry) => entry.address === nextHop)) {
      return this.lost('unreachable', kernel, namespace, packet, `nobody on the bridge has the address ${nextHop}`);
    }
    this.note('bridge', kernel, namespace, packet, `over ${bridge.name} to the node`);
    return this.arrive(kernel, HOST, packet, bridge.name);
  }

  /** A packet comes in from outside. */
  private arrive(kernel: HostKernel, namespace: string, incoming: Packet, device: string): Walk {
    const fresh = { ...incoming, in: device, out: undefined, mark: 0, rewritten: undefined };
    const result = this.hook('prerouting', kernel, namespace, fresh);
    if (result.verdict !== 'accept') return this.refusedBy(result, kernel, namespace);
    const packet = result.packet;
    if (namespace === HOST && this.network.policies) {
      // After destinations are rewritten, before sources are: what a plug-in's hooks in the forward chain see.
      const local = { source: this.leadsToPods(kernel, device), destination: this.hasPod(kernel, packet.destination) };
      const stopped = this.policies(kernel, packet, local);
      if (stopped) return stopped;
    }
    if (isLocalAddress(kernel, namespace, packet.destination)) return this.input(kernel, namespace, packet);
    if (namespace !== HOST || this.network.isMachine(kernel.host)) {
      return this.lost('timeout', kernel, namespace, packet, 'not for this machine, and it forwards nothing');
    }
    const route = lookupRoute(kernel, namespace, packet.destination);
    if (!route) return this.lost('unreachable', kernel, namespace, packet, 'the node knows no route');
    const forward = this.hook('forward', kernel, namespace, { ...packet, out: route.device });
    if (forward.verdict !== 'accept') return this.refusedBy(forward, kernel, namespace);
    const walk = this.leave(kernel, namespace, forward.packet);
    // A node that cannot place a forwarded packet says so only after its ARP gave up; clients time out before.
    return walk.result === 'unreachable' || walk.result === 'no route' ? { ...walk, result: 'timeout' } : walk;
  }

  /** The packet is for this namespace: the filter, then the socket. */
  private input(kernel: HostKernel, namespace: string, packet: Packet): Walk {
    const result = this.hook('input', kernel, namespace, { ...packet, out: undefined });
    if (result.verdict !== 'accept') return this.refusedBy(result, kernel, namespace);
    const final = result.packet;
    const balanced = this.balance(kernel, namespace, final);
    if (balanced) return balanced;
    if (final.protocol === 'ICMP') return this.done('answered', kernel, namespace, final, 'answered by the kernel');
    const socket = kernel.openSockets.taking(namespace, final.protocol, final.destination, final.destinationPort);
    if (!socket) {
      return this.done(
        'refused',
        kernel,
        namespace,
        final,
        `nothing listens on ${final.destinationPort}/${final.protocol}`,
      );
    }
    const process = kernel.process(socket.pid);
    const text = `taken by ${process?.comm ?? 'a process'} (pid ${socket.pid})`;
    this.note('deliver', kernel, namespace, final, text);
    return { result: 'answered', hops: this.hops, packet: final, arrival: { kernel, namespace, socket, process } };
  }

  private hook(hook: HookName, kernel: HostKernel, namespace: string, packet: Packet): HookResult & { packet: Packet } {
    const result = runHook(kernel.rules(namespace), hook, packet, {
      isLocal: (address) => isLocalAddress(kernel, namespace, address),
      draw: this.draw,
      recent: (name, source, seconds) => this.network.recentlySeen(kernel.host, name, source, seconds),
      note: (name, source) => this.network.noteSeen(kernel.host, name, source),
      count: (rule) => this.count?.(rule, packet),
      inSet: (name, ends, asked) => kernel.ipvs().sets.some((set) => set.name === name && isInSet(set, ends, asked)),
    });
    const { translation } = result;
    const rewritten: Packet =
      translation?.kind === 'snat'
        ? { ...result.packet, source: translation.to }
        : translation?.kind === 'masquerade'
          ? { ...result.packet, source: masqueradeAddress(kernel, result.packet.out) }
          : result.packet;
    if (result.hits.length > 0 || result.verdict !== 'accept') {
      const text = translation
        ? describe(translation.kind)
        : result.verdict === 'accept'
          ? 'let through'
          : result.verdict;
      this.hops.push({ host: kernel.host, namespace, step: hook, text, hits: result.hits, packet: rewritten });
    }
    return { ...result, packet: rewritten };
  }

  /** A packet for a virtual server of the machine goes on to one of its back ends. */
  private balance(kernel: HostKernel, namespace: string, packet: Packet): Walk | undefined {
    const server = namespace === HOST ? virtualServerFor(kernel.ipvs(), packet) : undefined;
    if (!server) return undefined;
    const backend = chooseBackend(server, packet.source, this.draw);
    const name = `virtual server ${server.address}:${server.port}`;
    if (!backend) return this.done('refused', kernel, namespace, packet, `${name} has no back end`);
    const next = { ...packet, destination: backend.address, destinationPort: backend.port };
    this.note('ipvs', kernel, namespace, next, `${name} sends it to ${backend.address}:${backend.port}`);
    return this.leave(kernel, namespace, next);
  }

  /** Asks the enforcer of NetworkPolicies, where the world has one. What it lets through it says too. */
  private policies(kernel: HostKernel, packet: Packet, local: LocalEnds): Walk | undefined {
    if (!local.source && !local.destination) return undefined;
    const verdict = this.network.policies?.judge(packet, local);
    if (!verdict) return undefined;
    this.note('policy', kernel, HOST, packet, verdict.text);
    return verdict.passes ? undefined : { result: 'timeout', hops: this.hops, packet };
  }

  private leadsToPods(kernel: HostKernel, device: string): boolean {
    return kernel.interfaces(HOST).some((entry) => entry.name === device && entry.kind === 'bridge');
  }

  private hasPod(kernel: HostKernel, address: string): boolean {
    return this.podAt(kernel, address) !== undefined;
  }

  private podAt(kernel: HostKernel, address: string): string | undefined {
    return kernel
      .namespaces()
      .find(({ id }) => id !== HOST && kernel.addresses(id).includes(address) && !isLoopback(address))?.id;
  }

  private refusedBy(result: HookResult, kernel: HostKernel, namespace: string): Walk {
    const verdict = result.verdict === 'reject' ? 'refused' : 'timeout';
    const text = verdict === 'refused' ? 'rejected by a rule' : 'dropped by a rule';
    return this.lost(verdict, kernel, namespace, result.packet, text);
  }

  private lost(result: WalkResult, kernel: HostKernel, namespace: string, packet: Packet, text: string): Walk {
    this.note('lost', kernel, namespace, packet, text);
    return { result, hops: this.hops, packet };
  }

  private done(result: WalkResult, kernel: HostKernel, namespace: string, packet: Packet, text: string): Walk {
    this.note('deliver', kernel, namespace, packet, text);
    return { result, hops: this.hops, packet, arrival: { kernel, namespace } };
  }

  private note(step: Hop['step'], kernel: HostKernel, namespace: string, packet: Packet, text: string): void {
    this.hops.push({ host: kernel.host, namespace, step, text, hits: [], packet });
  }
}

function describe(kind: 'dnat' | 'snat' | 'masquerade'): string {
  return kind === 'dnat' ? 'destination rewritten' : 'source rewritten';
}
