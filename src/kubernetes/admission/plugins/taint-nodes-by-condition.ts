// Upstream: plugin/pkg/admission/nodetaint/admission.go
import type { Node } from '../../api/generated/core-v1';
import type { AdmissionPlugin } from '../chain';

const notReady = { key: 'node.kubernetes.io/not-ready', effect: 'NoSchedule' };

/** A node begins as not ready, so that nothing lands on it before it has said what it is. */
export const taintNodesByCondition: AdmissionPlugin = {
  name: 'TaintNodesByCondition',
  admit({ operation, resource, subresource, object }) {
    if (operation !== 'CREATE' || subresource || resource.name !== 'nodes' || !object) return undefined;
    const { spec } = object as Node; // decoded as the kind of the resource `nodes`
    const taints = spec.taints ?? [];
    if (!taints.some(({ key, effect }) => key === notReady.key && effect === notReady.effect)) {
      spec.taints = [...taints, { ...notReady }];
    }
    return undefined;
  },
};
