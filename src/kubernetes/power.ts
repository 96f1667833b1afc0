import type { Cluster } from './cluster';
import type { Millis, Timers } from './clock/clock';
import type { Component } from './component';
import { formatCidr, parseCidr } from './network/address';
import { HOST } from './network/host';
import { podRangeOf } from './network/ranges';
import type { NodeFile } from './world';

/** From the switch to a running kubelet. */
const bootTime: Millis = 20_000;

/**
 * The power of the machines. A node that loses it tells nobody: its processes, networks and rules are gone at once, and
 * the cluster finds out by the lease that is not renewed. With power again it boots, and its kubelet finds ended containers.
 */
export class Power implements Component<{ readonly node: string; readonly turn: number }> {
  readonly name = 'power';
  readonly watches = [];
  private readonly timers: Timers<{ readonly node: string; readonly turn: number }>;
  /** How often each machine was switched. A boot that was cut short counts for nothing. */
  private readonly turns = new Map<string, number>();

  constructor(private readonly cluster: Cluster) {
    this.timers = cluster.clock.timers(this.name);
  }

  start(): void {}

  observe(): void {}

  /** Whether a node's machine runs. */
  isOn(node: string): boolean {
    const { network } = this.cluster;
    return (
      network.hasHost(node) &&
      network
        .kernel(node)
        .interfaces(HOST)
        .some(({ kind, up }) => kind === 'ethernet' && up)
    );
  }

  /** Whether the API server runs on the node; without it there is no cluster to look at. */
  carriesApiServer(node: string): boolean {
    const { nodes } = this.cluster.world;
    const control = nodes.filter((one) => one.roles?.includes('control-plane'));
    return (control.length > 0 ? control : nodes.slice(0, 1)).some((one) => one.name === node);
  }

  /** Cuts the power of a node's machine; nothing when it has none. */
  off(node: string): void {
    if (!this.isOn(node)) return;
    this.turn(node);
    for (const service of ['kubelet', 'kube-proxy', 'containerd']) this.cluster.stop(`${service}/${node}`);
    this.cluster.runtimes.get(node)?.losePower();
    this.cluster.network.kernel(node).losePower();
  }

  /** Gives it back: the machine boots. Nothing when it runs. */
  on(node: string): void {
    const file = this.cluster.world.nodes.find((one) => one.name === node);
    if (!file || this.isOn(node)) return;
    this.cluster.network.boot(file);
    this.timers.after(bootTime, { node, turn: this.turn(node) });
  }

  fire({ node, turn }: { readonly node: string; readonly turn: number }): void {
    const file = this.cluster.world.nodes.find((one) => one.name === node);
    if (!file || this.turns.get(node) !== turn) return;
    this.cluster.network.startDaemons(file);
    this.cluster.runtimes.get(node)?.recover();
    for (const service of ['containerd', 'kubelet', 'kube-proxy']) this.cluster.start(`${service}/${node}`);
  }

  /** A machine joins the cluster: its kubelet registers it. The name and the address must be free. */
  join(file: NodeFile): void {
    this.cluster.world.nodes.push(file);
    this.cluster.network.addNode(file);
    this.cluster.network.tellOthers(file);
    this.cluster.addNode(file);
  }

  /** A range of Pod addresses that no node has, as large as the last node's; undefined when the cluster's is used up. */
  freePodRange(): string | undefined {
    const { world } = this.cluster;
    const cluster = parseCidr(world.podCIDR);
    const taken = world.nodes.map((node) => podRangeOf(world, node));
    const prefix = taken.at(-1)?.prefix ?? 24;
    if (!cluster || prefix < cluster.prefix) return undefined;
    const size = 2 ** (32 - prefix);
    for (let base = cluster.base; base < cluster.base + 2 ** (32 - cluster.prefix); base += size) {
      const overlaps = taken.some((range) => range.base < base + size && base < range.base + 2 ** (32 - range.prefix));
      if (!overlaps) return formatCidr({ base, prefix });
    }
    return undefined;
  }

  private turn(node: string): number {
    const turn = (this.turns.get(node) ?? 0) + 1;
    this.turns.set(node, turn);
    return turn;
  }
}
