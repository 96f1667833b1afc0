import { defineKind } from '../../define-kind';
import type { ServiceAccount } from '../../generated/core-v1';
import { dns1123Subdomain } from '../../meta/names';

/** Upstream: pkg/registry/core/serviceaccount/strategy.go */
export const serviceAccount = defineKind<ServiceAccount>({
  group: '',
  version: 'v1',
  kind: 'ServiceAccount',
  namespaced: true,
  name: dns1123Subdomain,
});
