import { contains } from '../address';
import type { Packet } from '../packet';
import type { Endpoint, Match, Negatable, Rule, Target } from './rule';
import { type Chain, type HookName, type Ruleset, type Table, chainOf, hooked } from './ruleset';

/** What the rules need to know of the machine, and the lots they draw. */
export interface FilterScene {
  isLocal(address: string): boolean;
  /** From 0 (included) to 1 (excluded). */
  draw(): number;
  /** `-m recent`: whether `source` was seen under `name` within `seconds`; and noting that it was. */
  recent(name: string, source: string, seconds: number): boolean;
  note(name: string, source: string): void;
  /** Told of every rule of a nat chain that fits. */
  count?(rule: Rule): void;
  /** Whether a packet is in one of the machine's ipsets; a machine without any has none. */
  inSet?(name: string, ends: readonly ('src' | 'dst')[], packet: Packet): boolean;
}

/** One rule that did something, as the walk tells it. */
export interface RuleHit {
  readonly table: Table;
  readonly chain: string;
  readonly rule: Rule;
}

export type Translation =
  | { readonly kind: 'dnat'; readonly to: Endpoint }
  | { readonly kind: 'snat'; readonly to: string }
  | { readonly kind: 'masquerade' };

export interface HookResult {
  readonly verdict: 'accept' | 'drop' | 'reject';
  readonly packet: Packet;
  readonly translation?: Translation;
  /** The rules that jumped, marked, translated or decided. */
  readonly hits: readonly RuleHit[];
}

/** Calls every base chain of a hook. Of nat chains the first that translates settles it, as conntrack does. */
export function runHook(ruleset: Ruleset, hook: HookName, packet: Packet, scene: FilterScene): HookResult {
  const run = new Run(packet, scene);
  for (const { table, chain } of hooked(ruleset, hook, packet.destination.includes(':') ? 'ip6' : 'ip')) {
    if (chain.hook?.type === 'nat' && run.translation) continue;
    run.counting = chain.hook?.type === 'nat';
    const verdict = run.chain(table, chain, 0) ?? chain.policy;
    run.redirect();
    if (verdict === 'drop' || verdict === 'reject') return { verdict, packet: run.packet, hits: run.hits };
  }
  return { verdict: 'accept', packet: run.packet, translation: run.translation, hits: run.hits };
}

type Verdict = 'accept' | 'drop' | 'reject';

class Run {
  translation: Translation | undefined;
  counting = false;
  readonly hits: RuleHit[] = [];

  constructor(
    public packet: Packet,
    private readonly scene: FilterScene,
  ) {}

  /** A nat chain rewrites the destination at once: chains of the same hook that run later see the new one. */
  redirect(): void {
    if (this.translation?.kind !== 'dnat') return;
    const { address, port } = this.translation.to;
    const destinationPort = port ?? this.packet.destinationPort;
    this.packet = { ...this.packet, destination: address, destinationPort, rewritten: true };
  }

  /** Undefined: the chain came to its end (or RETURN). */
  chain(table: Table, chain: Chain, depth: number): Verdict | undefined {
    if (depth > 16) return undefined;
    for (const rule of chain.rules) {
      if (!this.fits(rule, table)) continue;
      if (this.counting) this.scene.count?.(rule);
      const { target } = rule;
      if (!target) continue;
      const hit = { table, chain: chain.name, rule };
      if (target.kind === 'return') return undefined;
      const before = this.hits.length;
      this.hits.push(hit);
      const result = this.apply(target, table, depth);
      if (result === 'continue') {
        // A jump that led nowhere is no news.
        if (['jump', 'vmap', 'remember'].includes(target.kind) && this.hits.length === before + 1) this.hits.pop();
        continue;
      }
      return result === 'end' ? undefined : result;
    }
    return undefined;
  }

  private apply(target: Target, table: Table, depth: number): Verdict | 'continue' | 'end' {
    switch (target.kind) {
      case 'accept':
      case 'drop':
      case 'reject':
        return target.kind;
      case 'mark':
        this.packet = { ...this.packet, mark: (this.packet.mark & ~target.mask) ^ target.value };
        return 'continue';
      case 'jump':
      case 'goto': {
        const next = chainOf(table, target.chain);
        const verdict = next && this.chain(table, next, depth + 1);
        return verdict ?? (target.kind === 'goto' ? 'end' : 'continue');
      }
      case 'dnat': {
        const to = target.to[Math.floor(this.scene.draw() * target.to.length)] ?? target.to[0];
        if (to) this.translation = { kind: 'dnat', to };
        return 'accept';
      }
      case 'redirect':
        this.translation = { kind: 'dnat', to: { address: this.packet.destination, port: target.port } };
        return 'accept';
      case 'snat':
        this.translation = { kind: 'snat', to: target.to };
        return 'accept';
      case 'masquerade':
        this.packet = { ...this.packet, mark: this.packet.mark & ~(target.unmark ?? 0) };
        this.translation = { kind: 'masquerade' };
        return 'accept';
      case 'vmap': {
        const key = target.keys.map((name) => this.field(name)).join(' . ');
        const verdict = table.collections
          .find(({ name }) => name === target.map)
          ?.elements.find((one) => one.key === key)?.verdict;
        return verdict ? this.apply(verdict, table, depth) : 'continue';
      }
      case 'lot': {
        const chain = target.chains[Math.floor(this.scene.draw() * target.chains.length)] ?? '';
        return this.apply({ kind: 'goto', chain }, table, depth);
      }
      case 'remember':
        this.scene.note(target.set, this.packet.source);
        return 'continue';
      default:
        return 'continue';
    }
  }

  private field(name: 'daddr' | 'protocol' | 'dport'): string {
    if (name === 'daddr') return this.packet.destination;
    return name === 'protocol' ? this.packet.protocol.toLowerCase() : String(this.packet.destinationPort);
  }

  private fits(rule: Rule, table: Table): boolean {
    const { packet } = this;
    return (
      inRange(rule.source, packet.source) &&
      inRange(rule.destination, packet.destination) &&
      device(rule.in, packet.in) &&
      device(rule.out, packet.out) &&
      equal(rule.protocol, packet.protocol.toLowerCase()) &&
      rule.matches.every((match) => this.matches(match, table))
    );
  }

  private matches(match: Match, table: Table): boolean {
    const { packet } = this;
    const address = (end: 'src' | 'dst') => (end === 'src' ? packet.source : packet.destination);
    switch (match.kind) {
      case 'comment':
      case 'nfacct':
      case 'limit':
        return true;
      case 'addrtype':
        return this.scene.isLocal(address(match.end)) !== (match.not ?? false);
      case 'ports':
        return (
          match.protocol === packet.protocol.toLowerCase() &&
          port(match.dport, packet.destinationPort) &&
          port(match.sport, packet.sourcePort) &&
          // Every walk is the first packet of its connection.
          match.syn !== 'not'
        );
      case 'multiport':
        return (
          match.dports.some(
            (one) =>
              (match.side !== 'sports' && port({ value: one }, packet.destinationPort)) ||
              (match.side !== undefined && port({ value: one }, packet.sourcePort)),
          ) !== (match.not ?? false)
        );
      case 'icmp':
        // Of these only the question of a ping is sent on its own.
        return (packet.protocol === 'ICMP' && ['8', 'any'].includes(match.type)) !== (match.not ?? false);
      case 'mark':
        return ((packet.mark & match.mask) === match.value) !== (match.not ?? false);
      case 'conntrack':
        return match.states.includes('NEW') !== (match.not ?? false);
      case 'statistic':
        return this.scene.draw() < Number(match.probability);
      case 'recent':
        if (!match.set) return this.scene.recent(match.name, packet.source, match.seconds ?? 0);
        this.scene.note(match.name, packet.source);
        return true;
      case 'ipset':
        return this.scene.inSet?.(match.set, match.ends, packet) ?? false;
      case 'set': {
        const collection = table.collections.find(({ name }) => name === match.set);
        if (collection?.timeout !== undefined)
          return this.scene.recent(match.set, packet.source, collection.timeout) !== (match.not ?? false);
        const elements = collection?.elements ?? [];
        const flow = [packet.source, packet.destination, packet.protocol.toLowerCase(), packet.destinationPort].join(
          ' . ',
        );
        const wanted = match.end === 'flow' ? flow : address(match.end);
        return elements.some(({ key }) => key === wanted) !== (match.not ?? false);
      }
      case 'ranges':
        return match.ranges.some((range) => contains(range, address(match.end))) !== (match.not ?? false);
      case 'rewritten':
        return packet.rewritten === true;
    }
  }
}

function inRange(wanted: Negatable | undefined, address: string): boolean {
  return wanted === undefined || contains(wanted.value, address) !== (wanted.not ?? false);
}

function equal(wanted: Negatable | undefined, value: string): boolean {
  return wanted === undefined || wanted.value === 'all' || (wanted.value === value) !== (wanted.not ?? false);
}

/** `eth+` stands for every interface whose name begins with `eth`. */
function device(wanted: Negatable | undefined, name: string | undefined): boolean {
  if (!wanted) return true;
  const hit = wanted.value.endsWith('+') ? (name ?? '').startsWith(wanted.value.slice(0, -1)) : name === wanted.value;
  return hit !== (wanted.not ?? false);
}

/** A port or a range `8000:8080`. */
function port(wanted: Negatable | undefined, value: number): boolean {
  if (!wanted) return true;
  const [from, to] = wanted.value.split(':').map(Number);
  const hit = value >= (from ?? 0) && value <= (to ?? from ?? 65_535);
  return hit !== (wanted.not ?? false);
}
