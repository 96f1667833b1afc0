import type { World } from '@/kubernetes/world';
import type { NodePair } from './kind-config';
import type { Take } from './take';

/** What a reader needs to know before the script is run, and what will not be as it was here. */
export function kindReadme({ title, about }: Take, world: World, pairs: readonly NodePair[]): string {
  const rows = pairs.map((pair) => `| ${pair.world} | ${pair.address} | ${pair.kind} |`).join('\n');
  return `# ${title}

${about}

    ./run.sh

makes a cluster with [kind](https://kind.sigs.k8s.io/), applies what is in \`world.yaml\` (if there is such a file) and types the
scenario's lines. \`expected.txt\` is what the simulated cluster (Kubernetes ${world.kubernetes}) printed for them.

| node here | address here | container of kind |
| --- | --- | --- |
${rows}

The script changes these names and addresses in manifests and lines to those of your cluster. It cannot change:

- Names that are drawn by lot, ages, and addresses of Pods and Services.
- ${backends[world.hostPortBackend]}
- The machines' own programs: a node of kind is a container with few tools (no \`netstat\`), and it shares your kernel.
- Where you type: your machine stands outside the nodes. On Linux it reaches their addresses; with Docker Desktop it does not.
- Firewalls: nothing stands before the nodes of kind${world.securityGroup ? `, while here ${world.securityGroup.name} does` : ''}.
- Images whose name begins with \`demo/\` exist only in the simulated cluster.
`;
}

const portmap = 'Host ports: kind uses the portmap plug-in, as this cluster does.';
const backends: Readonly<Record<World['hostPortBackend'], string>> = {
  'portmap-iptables': portmap,
  'portmap-nftables': `${portmap} Which of iptables and nftables it writes depends on its release.`,
  ebpf: 'Host ports: kind uses the portmap plug-in, while this cluster has eBPF.',
  none: 'Host ports: kind uses the portmap plug-in, while this cluster has nothing that forwards them.',
};
