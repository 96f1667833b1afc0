import { describe, expect, it } from 'vitest';
import type { Pod } from '@/kubernetes/api/generated/core-v1';
import { objectOf, server, webPod, yaml } from '../apiserver/server';

const create = (text: string) => server().ask({ verb: 'create', resource: 'pods', body: yaml(text) });

describe('a Pod created', () => {
  it('gets a ServiceAccount, tolerations and a priority', () => {
    const { spec, status } = objectOf(create(webPod)) as Pod;
    expect(spec.serviceAccountName).toBe('default');
    expect(spec.tolerations?.map(({ key }) => key)).toEqual([
      'node.kubernetes.io/not-ready',
      'node.kubernetes.io/unreachable',
    ]);
    expect([spec.priority, spec.preemptionPolicy]).toEqual([0, 'PreemptLowerPriority']);
    expect([status.phase, status.qosClass]).toEqual(['Pending', 'BestEffort']);
  });

  it('on the host network listens on the host by the port of its container', () => {
    const pod = objectOf(create(webPod.replace('spec:', 'spec:\n  hostNetwork: true'))) as Pod;
    expect(pod.spec.containers[0]?.ports).toEqual([{ containerPort: 80, hostPort: 80, protocol: 'TCP' }]);
  });

  it('may not name another host port there', () => {
    const text = webPod.replace('spec:', 'spec:\n  hostNetwork: true').replace('80}', '80, hostPort: 8080}');
    expect(create(text).body.message).toBe(
      'Pod "web" is invalid: spec.containers[0].ports[0].hostPort: Invalid value: 8080: must match `containerPort` when `hostNetwork` is true',
    );
  });

  it('needs a class that exists', () => {
    const { code, body } = create(webPod.replace('spec:', 'spec:\n  priorityClassName: high'));
    expect([code, body.message]).toEqual([403, 'pods "web" is forbidden: no PriorityClass with name high was found']);
  });
});
