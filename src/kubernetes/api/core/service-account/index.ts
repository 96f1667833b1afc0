import { defineKind } from '../../define-kind';
import type { ServiceAccount } from '../../generated/core-v1';
import { dns1123Subdomain } from '../../meta/names';

const mountable = 'kubernetes.io/enforce-mountable-secrets';

/** Upstream: pkg/registry/core/serviceaccount/strategy.go */
export const serviceAccount = defineKind<ServiceAccount>({
  group: '',
  version: 'v1',
  kind: 'ServiceAccount',
  namespaced: true,
  updates: ['meta', 'whole'],
  name: dns1123Subdomain,
  warnings({ metadata }, old) {
    if (metadata.annotations?.[mountable] === undefined || old?.metadata.annotations?.[mountable] !== undefined)
      return [];
    const text = 'deprecated in v1.32+; prefer separate namespaces to isolate access to mounted secrets';
    return [`metadata.annotations[${mountable}]: ${text}`];
  },
});
