import * as z from 'zod';
import type { WorldFile } from '@/kubernetes/world';

// A page whose policy allows no code made from text reads worlds, too.
z.config({ jitless: true });

const protocol = z.enum(['TCP', 'UDP', 'SCTP']);
const cidr = z.string().regex(/^[0-9a-fA-F.:]+\/\d+$/, 'a network such as 10.244.0.0/16');
const address = z.string().regex(/^[0-9a-fA-F.:]+$/, 'an IP address');
const proxyMode = z.enum(['iptables', 'nftables', 'ipvs']);
const texts = z.record(z.string(), z.string());

const hostProcess = z.strictObject({
  command: z.string().describe('Name that ss and ps show'),
  listens: z.array(z.strictObject({ protocol: protocol.optional(), address, port: z.int().min(1).max(65535) })),
});

const node = z.strictObject({
  name: z.string().describe('Name of the Node object'),
  internalIP: address,
  hostname: z.string().optional().describe("The machine's own name, where it differs"),
  interface: z.string().optional(),
  interfacePeer: z.int().optional().describe('Number of its other end, where the node is a container'),
  podCIDR: cidr.optional(),
  nextPodAddress: z.int().optional().describe('First host part the network plugin hands out'),
  roles: z.array(z.string()).optional(),
  labels: texts.optional(),
  taints: z.array(z.strictObject({ key: z.string(), value: z.string().optional(), effect: z.string() })).optional(),
  capacity: texts.optional(),
  allocatable: texts.optional(),
  used: z
    .strictObject({ memory: z.string().optional(), 'ephemeral-storage': z.string().optional() })
    .optional()
    .describe('What the machine itself uses of its memory and of its disk (absent: 600Mi, and a fifth)'),
  processes: z.array(hostProcess).optional(),
  kubeProxy: proxyMode.optional(),
  osImage: z.string().optional(),
  kernelVersion: z.string().optional(),
  containerRuntimeVersion: z.string().optional(),
});

const latency = z.strictObject({
  request: z.number(),
  watch: z.number(),
  schedule: z.number(),
  sandbox: z.number(),
  imagePull: z.number(),
  containerCreate: z.number(),
  containerStart: z.number(),
  containerEvent: z.number(),
});

/** The form of a world file; content/worlds/world.schema.json is made from it (`npm run generate`). */
export const worldSchema = z.strictObject({
  name: z.string(),
  about: z.string().optional(),
  kubernetes: z.enum(['1.34', '1.35', '1.36']).optional(),
  release: z.string().optional(),
  startTime: z.iso.datetime().optional().describe('The date of virtual time 0'),
  podCIDR: cidr.optional(),
  serviceCIDR: cidr.optional(),
  lan: cidr.optional(),
  nodes: z.array(node),
  machines: z.array(z.strictObject({ name: z.string(), ip: address, interface: z.string().optional() })).optional(),
  objects: z.array(z.record(z.string(), z.unknown())).optional(),
  files: texts.optional().describe("Files that lie ready in the client's folder, by name"),
  hostPortBackend: z.enum(['portmap-iptables', 'portmap-nftables', 'ebpf', 'none']).optional(),
  kubeProxy: proxyMode.optional(),
  cni: z.enum(['bridge', 'flannel', 'none']).optional(),
  networkPolicy: z
    .enum(['enforced', 'none'])
    .optional()
    .describe('Whether the network plug-in enforces NetworkPolicies'),
  dns: z.boolean().optional(),
  dnsImage: z.string().optional(),
  lanDNS: texts.optional(),
  securityGroup: z
    .strictObject({
      name: z.string(),
      allow: z.array(
        z.strictObject({
          protocol: z.enum(['TCP', 'UDP', 'SCTP']).optional(),
          ports: z.string().regex(/^\d+(-\d+)?$/),
          from: cidr.optional(),
        }),
      ),
    })
    .optional(),
  controlPlanePortsDeclared: z.boolean().optional(),
  kubelet: z.enum(['real', 'fake']).optional(),
  without: z.array(z.string()).optional(),
  latency: latency.partial().optional(),
  images: texts.optional(),
  chance: z
    .enum(['fixed', 'drawn'])
    .optional()
    .describe('Whether waits, beats and orders inside the components are drawn by lot'),
  administrator: z
    .strictObject({ uid: z.string().optional(), groups: z.array(z.string()) })
    .optional()
    .describe('What the certificate or token of kubernetes-admin says'),
  cgroups: z.enum(['v1', 'v2']).optional(),
  preloadedImages: z.array(z.string()).optional(),
  registry: z.enum(['open', 'unreachable']).optional(),
}) satisfies z.ZodType<WorldFile>;
