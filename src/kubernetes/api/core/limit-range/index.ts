// Upstream: pkg/apis/core/validation/validation.go `ValidateLimitRange`, pkg/apis/core/v1/defaults.go
import { defineKind } from '../../define-kind';
import type { LimitRange } from '../../generated/core-v1';
import { dns1123Subdomain } from '../../meta/names';
import { roundUp } from '../pod-spec/defaults/resource-lists';
import { validateLimits } from './validation';

export const limitRange = defineKind<LimitRange>({
  group: '',
  version: 'v1',
  kind: 'LimitRange',
  namespaced: true,
  updates: ['whole'],
  name: dns1123Subdomain,
  setDefaults({ spec }) {
    for (const limit of spec?.limits ?? []) {
      for (const list of [limit.max, limit.min, limit.default, limit.defaultRequest, limit.maxLimitRequestRatio])
        roundUp(list);
      if (limit.type !== 'Container') continue;
      // What may be had at most is the limit of who names none; the limit is the request of who names none.
      const limits = { ...limit.max, ...limit.default };
      const requests = { ...limit.min, ...limits, ...limit.defaultRequest };
      limit.default = limits;
      limit.defaultRequest = requests;
    }
  },
  // Upstream: pkg/registry/core/limitrange/strategy.go: the only kind that finds itself a name.
  prepareForCreate({ metadata }) {
    metadata.name ||= metadata.uid;
  },
  validateContent: ({ spec }) => validateLimits(spec?.limits ?? []),
});
