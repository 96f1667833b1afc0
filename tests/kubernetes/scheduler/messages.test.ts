import { describe, expect, it } from 'vitest';
import { fitErrorText, truncatedNote } from '@/kubernetes/scheduler/fit-error';
import { attempt, cacheWith, node, pod, portPod, reasons } from './objects';

const notHelpful = (nodes: number) =>
  `no new claims to deallocate, preemption: 0/${nodes} nodes are available: ${nodes} Preemption is not helpful for scheduling.`;

describe('the text of a refusal', () => {
  it('names a taken host port, and that nobody can be evicted for it', () => {
    const cache = cacheWith([node('node-1')], { 'node-1': [portPod('holder', 8080)] });
    expect(attempt(cache, portPod('web', 8080))).toBe(
      "0/1 nodes are available: 1 node(s) didn't have free ports for the requested pod ports. " +
        'no new claims to deallocate, preemption: 0/1 nodes are available: ' +
        '1 No preemption victims found for incoming pod.',
    );
  });

  it('counts the first refusing plugin of each node and sorts the counted texts bytewise', () => {
    const taint = { taints: [{ key: 'node-role.kubernetes.io/control-plane', effect: 'NoSchedule' }] };
    const nodes = [node('cp', { spec: taint }), ...Array.from({ length: 10 }, (_, i) => node(`n${i}`))];
    const bound = Object.fromEntries(
      nodes.slice(1).map((one) => [one.metadata.name, [portPod(`p-${one.metadata.name}`, 80)]]),
    );
    expect(reasons(cacheWith(nodes, bound), portPod('web', 80))).toBe(
      "0/11 nodes are available: 1 node(s) had untolerated taint(s), 10 node(s) didn't have free ports for the requested pod ports",
    );
  });

  it.each([
    ['a cordon', node('n', { spec: { unschedulable: true } }), pod('p'), '1 node(s) were unschedulable'],
    [
      'a taint',
      node('n', { spec: { taints: [{ key: 'a', effect: 'NoExecute' }] } }),
      pod('p'),
      '1 node(s) had untolerated taint(s)',
    ],
    [
      'a selector',
      node('n'),
      pod('p', { spec: { nodeSelector: { disk: 'ssd' } } }),
      "1 node(s) didn't match Pod's node affinity/selector",
    ],
    [
      'CPU and memory',
      node('n'),
      pod('p', { container: { resources: { requests: { cpu: '5', memory: '9Gi' } } } }),
      '1 Insufficient cpu, 1 Insufficient memory',
    ],
    ['too many Pods', node('n', { allocatable: { pods: '0' } }), pod('p'), '1 Too many pods'],
    [
      'an extended resource',
      node('n'),
      pod('p', { container: { resources: { requests: { 'example.com/gpu': '1' } } } }),
      '1 Insufficient example.com/gpu',
    ],
    [
      'a missing topology label',
      node('n'),
      pod('p', {
        labels: { app: 'x' },
        spec: {
          topologySpreadConstraints: [
            {
              maxSkew: 1,
              topologyKey: 'rack',
              whenUnsatisfiable: 'DoNotSchedule',
              labelSelector: { matchLabels: { app: 'x' } },
            },
          ],
        },
      }),
      "1 node(s) didn't match pod topology spread constraints (missing required label)",
    ],
    [
      'missing company',
      node('n'),
      pod('p', {
        spec: {
          affinity: {
            podAffinity: {
              requiredDuringSchedulingIgnoredDuringExecution: [
                { topologyKey: 'kubernetes.io/hostname', labelSelector: { matchLabels: { app: 'db' } } },
              ],
            },
          },
        },
      }),
      "1 node(s) didn't match pod affinity rules",
    ],
  ])('says so of %s, and that eviction would not help', (_, one, incoming, text) => {
    const message = attempt(cacheWith([one]), incoming);
    expect(message.startsWith(`0/1 nodes are available: ${text}. `)).toBe(true);
  });

  it('says nothing of preemption when a PreFilter refused everything', () => {
    const volumes = [{ name: 'd', persistentVolumeClaim: { claimName: 'data' } }];
    expect(attempt(cacheWith([node('a'), node('b')]), pod('p', { spec: { volumes } }))).toBe(
      '0/2 nodes are available: persistentvolumeclaim "data" not found. not found',
    );
  });

  it('gives nodes outside the one named by a DaemonSet Pod a text of their own', () => {
    const pinned = pod('p', {
      spec: {
        containers: [{ name: 'a', ports: [{ containerPort: 80, hostPort: 80 }] }],
        affinity: {
          nodeAffinity: {
            requiredDuringSchedulingIgnoredDuringExecution: {
              nodeSelectorTerms: [{ matchFields: [{ key: 'metadata.name', operator: 'In', values: ['b'] }] }],
            },
          },
        },
      },
    });
    const cache = cacheWith([node('a'), node('b'), node('c')], { b: [portPod('holder', 80)] });
    expect(reasons(cache, pinned)).toBe(
      "0/3 nodes are available: 1 node(s) didn't have free ports for the requested pod ports, " +
        "2 node(s) didn't satisfy plugin(s) [NodeAffinity]",
    );
  });

  it('tells a Pod that never preempts', () => {
    const cache = cacheWith([node('n')], { n: [portPod('holder', 80)] });
    const message = attempt(cache, portPod('web', 80, {}, { spec: { preemptionPolicy: 'Never' } }));
    expect(message.endsWith('preemption: not eligible due to preemptionPolicy=Never.')).toBe(true);
  });

  it('ends with the hopeless form when every node is hopeless', () => {
    const cache = cacheWith([node('a'), node('b')]);
    expect(attempt(cache, pod('p', { spec: { nodeSelector: { x: 'y' } } })).endsWith(notHelpful(2))).toBe(true);
  });

  it('cuts the note of an event to 1024 bytes', () => {
    const note = truncatedNote('x'.repeat(1025));
    expect(note).toBe(`${'x'.repeat(1020)} ...`);
    expect(truncatedNote('x'.repeat(1024))).toBe('x'.repeat(1024));
  });

  it('has no list when there is nothing to say', () => {
    expect(fitErrorText(['a'], { refused: new Map() })).toBe('0/1 nodes are available:');
  });
});
