import type { Cluster } from '@/kubernetes/cluster';
import { parseIPv4 } from '@/kubernetes/network/address';
import { type ShellCommand, plain } from '../command';

const usage = `usage: portbound node off NODE            its machine loses its power
       portbound node on NODE             it has power again, and boots
       portbound node add NODE ADDRESS    another machine joins the cluster
What one does by hand in a machine room; no real tool is called so.
`;

const nameForm = /^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$/;

/** `portbound`: the hands in the machine room. It is there at the machines outside the cluster only. */
export const machineRoom: Readonly<Record<string, ShellCommand>> = {
  portbound: plain((args, { cluster, scene, session, stdout, stderr }) => {
    if (scene.pod || !cluster.network.isMachine(scene.kernel.host)) {
      stderr(`${session.shell}: portbound: command not found\n`);
      return 127;
    }
    const [what, verb = '', node = '', address = '', ...more] = args;
    if (what !== 'node' || !['off', 'on', 'add'].includes(verb) || node === '' || more.length > 0) {
      stderr(usage);
      return 2;
    }
    const refused = verb === 'add' ? join(cluster, node, address) : turn(cluster, verb, node);
    if (refused !== undefined) {
      stderr(`portbound: ${refused}\n`);
      return 1;
    }
    stdout(verb === 'add' ? `${node} joins the cluster\n` : `${node} is ${verb}\n`);
    return 0;
  }),
};

/** Why a machine cannot be switched; undefined when it is done. */
function turn(cluster: Cluster, verb: string, node: string): string | undefined {
  if (!cluster.world.nodes.some((one) => one.name === node)) return `there is no node "${node}" in this world`;
  if (cluster.world.kubelet === 'fake') return 'the nodes of this world have no machines';
  if (cluster.power.carriesApiServer(node))
    return `${node} carries the API server; a cluster without one is not simulated`;
  if (verb === 'on') cluster.power.on(node);
  else cluster.power.off(node);
  return undefined;
}

/** Why a machine cannot join; undefined when it has. It is like the last node of the world, with its own address. */
function join(cluster: Cluster, node: string, address: string): string | undefined {
  const { nodes, kubelet } = cluster.world;
  if (kubelet === 'fake') return 'the nodes of this world have no machines';
  if (!nameForm.test(node)) return `"${node}" cannot be the name of a node`;
  if (cluster.network.hasHost(node)) return `there is a machine "${node}" already`;
  if (parseIPv4(address) === undefined) return `"${address}" is not an IPv4 address`;
  if (cluster.network.hostAt(address)) return `${address} is taken`;
  const like = nodes.at(-1);
  cluster.power.join({
    name: node,
    internalIP: address,
    interface: like?.interface,
    processes: like?.processes,
    osImage: like?.osImage,
    kernelVersion: like?.kernelVersion,
    podCIDR: cluster.power.freePodRange(),
  });
  return undefined;
}
