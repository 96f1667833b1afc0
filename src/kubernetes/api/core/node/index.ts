import type { Node } from '../../generated/core-v1';
import type { KindDefinition } from '../../kind';

/** Upstream: pkg/registry/core/node/strategy.go */
export const node: KindDefinition<Node> = {
  group: '',
  version: 'v1',
  kind: 'Node',
  setDefaults({ spec }) {
    if (spec?.podCIDR && !spec.podCIDRs?.length) spec.podCIDRs = [spec.podCIDR];
    for (const taint of spec?.taints ?? []) if (taint.value === '') delete taint.value;
  },
};
