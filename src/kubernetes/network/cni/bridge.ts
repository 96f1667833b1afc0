import type { ObjectReference } from '../../api/object';
import type { Random, RandomStream } from '../../clock/random';
import type { NodeFile, World } from '../../world';
import { type Cidr, formatCidr } from '../address';
import { HOST, type HostKernel } from '../host';
import { type Route, drawMac, linkLocal } from '../interfaces';
import type { Cni, CniResult, PortMapping } from '../kernel';
import { podRangeOf } from '../ranges';
import { CONFIG_FILE, CONFIG_FOLDER, configurationText, readConfiguration } from './configuration';
import { TUNNEL_MTU, addTunnel, overlayRoutes } from './flannel';
import { HostLocal } from './host-local';
import { withHostPorts, withoutHostPorts } from './portmap-iptables';
import { withNftablesHostPorts, withoutNftablesHostPorts } from './portmap-nftables';

export const BRIDGE = 'cni0';

/** The `bridge` plugin with `host-local` addresses: every sandbox gets one end of a veth pair, the bridge the other. */
export class BridgeCni implements Cni {
  private readonly addresses: HostLocal;
  private readonly range: Cidr;
  /** Whether a configuration can be read; undefined after a change in its folder, until somebody asks. */
  private configured: boolean | undefined;

  constructor(
    node: NodeFile,
    private readonly world: World,
    private readonly kernel: HostKernel,
    private readonly random: Random,
  ) {
    this.range = podRangeOf(world, node);
    this.addresses = new HostLocal(this.range, node.nextPodAddress);
    kernel.files.watch(CONFIG_FOLDER, () => (this.configured = undefined));
    if (world.cni === 'none') return;
    kernel.files.write(CONFIG_FILE, configurationText(world, this.range));
    this.setUp();
  }

  /** The bridge and the ways to the other nodes' Pods, at the start and after every boot. Who has which address stands on disk. */
  setUp(): void {
    if (this.world.cni === 'none') return;
    if (this.world.cni === 'flannel') addTunnel(this.kernel, this.range, this.stream('tunnel'));
    this.addBridge();
  }

  /** A machine has joined: its Pods have a range of their own. */
  learn(other: NodeFile): void {
    if (this.world.cni === 'none') return;
    const routes = this.world.cni === 'flannel' ? overlayRoutes(this.world, [other]) : this.directRoutes([other]);
    this.kernel.setRoutes(HOST, [...this.kernel.routes(HOST), ...routes]);
  }

  private get mtu(): number | undefined {
    return this.world.cni === 'flannel' ? TUNNEL_MTU : undefined;
  }

  get ready(): boolean {
    this.configured ??= readConfiguration(this.kernel.files) !== undefined;
    return this.configured;
  }

  add(sandbox: string, _pod: ObjectReference, mappings: readonly PortMapping[]): CniResult {
    // internal/cri/server/sandbox_run.go of containerd
    if (!this.ready) return { ok: false, error: 'cni plugin not initialized' };
    const ip = this.addresses.allocate(sandbox);
    if (!ip) {
      const range = formatCidr(this.range);
      return { ok: false, error: `failed to allocate for range 0: no IP addresses available in range set: ${range}` };
    }
    const lots = this.stream(sandbox);
    const hostSide = `veth${lots.text(8, '0123456789abcdef')}`;
    const index = this.kernel.takeInterfaceIndex();
    const outer = drawMac(lots);
    const inner = drawMac(lots);
    this.kernel.setInterface({
      index,
      name: hostSide,
      namespace: HOST,
      kind: 'veth',
      mac: outer,
      up: true,
      mtu: this.mtu,
      master: BRIDGE,
      addresses: [{ address: linkLocal(outer), prefix: 64 }],
      peer: { namespace: sandbox, name: 'eth0', index: 2 },
    });
    this.kernel.setInterface({
      index: 2,
      name: 'eth0',
      namespace: sandbox,
      kind: 'veth',
      mac: inner,
      up: true,
      mtu: this.mtu,
      addresses: [
        { address: ip, prefix: this.range.prefix },
        { address: linkLocal(inner), prefix: 64 },
      ],
      peer: { namespace: HOST, name: hostSide, index },
    });
    this.kernel.setRoutes(sandbox, [
      { to: 'default', via: this.addresses.gateway, device: 'eth0', fromKernel: false },
      { to: formatCidr(this.range), device: 'eth0', fromKernel: true, source: ip },
    ]);
    this.mapPorts(sandbox, ip, mappings);
    return { ok: true, ip, interface: 'eth0' };
  }

  private stream(purpose: string): RandomStream {
    return this.random.stream(`cni/${this.kernel.host}/${purpose}`);
  }

  /** The configuration is read anew, so host port rules that another one made are not found again. */
  del(sandbox: string): void {
    const configuration = readConfiguration(this.kernel.files);
    const rules = this.kernel.rules();
    if (configuration?.portmap === 'iptables')
      this.kernel.setRules(withoutHostPorts(rules, configuration.name, sandbox));
    if (this.nftablesOwner(configuration?.portmap)) this.kernel.setRules(withoutNftablesHostPorts(rules, sandbox));
    this.addresses.release(sandbox);
    for (const device of this.kernel.interfaces(HOST)) {
      if (device.peer?.namespace === sandbox) this.kernel.removeInterface(HOST, device.name);
    }
    for (const device of this.kernel.interfaces(sandbox)) {
      if (device.kind === 'veth') this.kernel.removeInterface(sandbox, device.name);
    }
    this.kernel.setRoutes(sandbox, []);
  }

  /** An eBPF data path does what the nftables rules do, and is listed nowhere. */
  private nftablesOwner(portmap: string | undefined): 'nftables' | 'ebpf' | undefined {
    if (portmap === 'nftables') return 'nftables';
    return this.world.hostPortBackend === 'ebpf' ? 'ebpf' : undefined;
  }

  private mapPorts(sandbox: string, ip: string, mappings: readonly PortMapping[]): void {
    const configuration = readConfiguration(this.kernel.files);
    const rules = this.kernel.rules();
    if (configuration?.portmap === 'iptables') {
      this.kernel.setRules(withHostPorts(rules, configuration.name, sandbox, ip, this.range.prefix, mappings));
    }
    const nftables = this.nftablesOwner(configuration?.portmap);
    if (nftables) this.kernel.setRules(withNftablesHostPorts(rules, sandbox, ip, mappings, nftables));
  }

  private addBridge(): void {
    const mac = drawMac(this.stream('bridge'));
    const gateway = this.addresses.gateway;
    this.kernel.setInterface({
      index: this.kernel.takeInterfaceIndex(),
      name: BRIDGE,
      namespace: HOST,
      kind: 'bridge',
      mac,
      up: true,
      mtu: this.mtu,
      addresses: [
        { address: gateway, prefix: this.range.prefix },
        { address: linkLocal(mac), prefix: 64 },
      ],
    });
    const own = { to: formatCidr(this.range), device: BRIDGE, fromKernel: true, source: gateway };
    const others = this.world.nodes.filter((other) => other.name !== this.kernel.host);
    const routes = this.world.cni === 'flannel' ? overlayRoutes(this.world, others) : this.directRoutes(others);
    this.kernel.setRoutes(HOST, [...this.kernel.routes(HOST), own, ...routes]);
  }

  /** Every node's Pods by way of the node itself, as on a LAN without an overlay. */
  private directRoutes(others: readonly NodeFile[]): Route[] {
    const device = this.kernel.routes(HOST)[0]?.device ?? 'eth0';
    return others.map((other) => ({
      to: formatCidr(podRangeOf(this.world, other)),
      via: other.internalIP,
      device,
      fromKernel: false,
    }));
  }
}
