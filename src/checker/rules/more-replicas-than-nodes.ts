import { isObject } from '@/kubernetes/api/object';
import type { Rule } from '../rule';
import { hostPortOf } from '../subject';

/** A host port fits once on a node, so there is room for as many Pods as there are nodes. */
export const moreReplicasThanNodes: Rule = {
  id: 'V04',
  look(subject, { schedulableNodes }) {
    if (!['Deployment', 'ReplicaSet', 'StatefulSet'].includes(subject.kind)) return [];
    const spec = isObject(subject.object.spec) ? subject.object.spec : {};
    const replicas = typeof spec.replicas === 'number' ? spec.replicas : 1;
    const held = subject.ports.find(({ port }) => hostPortOf(subject.spec, port) > 0);
    if (!held || replicas <= schedulableNodes) return [];
    const port = hostPortOf(subject.spec, held.port);
    return [{ path: ['spec', 'replicas'], values: { replicas, nodes: schedulableNodes, port } }];
  },
};
