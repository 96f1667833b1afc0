import type { Pod } from '../../generated/core-v1';
import type { KindDefinition } from '../../kind';

/** Upstream: pkg/registry/core/pod/strategy.go */
export const pod: KindDefinition = {
  group: '',
  version: 'v1',
  kind: 'Pod',
  gracePeriodSeconds(object) {
    const { spec } = object as Pod;
    return spec.nodeName ? (spec.terminationGracePeriodSeconds ?? 30) : 0;
  },
};
