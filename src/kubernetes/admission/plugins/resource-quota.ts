// Upstream: staging/src/k8s.io/apiserver/pkg/admission/plugin/resourcequota/controller.go `CheckRequest`
import type { AdmissionPlugin } from '../chain';

let check: AdmissionPlugin['validate'];

/** Hands in what quotas are about, which comes with their kind: there are none before. */
export function provideQuotas(given: AdmissionPlugin['validate']): void {
  check = given;
}

/** Takes what an object needs out of the quotas of its namespace, or refuses it. */
export const resourceQuota: AdmissionPlugin = {
  name: 'ResourceQuota',
  validate: (attributes, context) => check?.(attributes, context),
};
