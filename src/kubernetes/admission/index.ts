import { AdmissionChain } from './chain';
import { defaultTolerationSeconds } from './plugins/default-toleration-seconds';
import { defaultIngressClass } from './plugins/default-ingress-class';
import { defaultStorageClass } from './plugins/default-storage-class';
import { limitRanger } from './plugins/limit-ranger';
import { namespaceLifecycle } from './plugins/namespace-lifecycle';
import { podSecurity } from './plugins/pod-security';
import { nodeDeclaredFeatureValidator, podResizeValidator } from './plugins/pod-resize';
import { podPriority } from './plugins/priority';
import { resourceQuota } from './plugins/resource-quota';
import { runtimeClass } from './plugins/runtime-class';
import { serviceAccount } from './plugins/service-account';
import { storageObjectInUseProtection } from './plugins/storage-object-in-use-protection';
import { taintNodesByCondition } from './plugins/taint-nodes-by-condition';
import { validatingAdmissionPolicy } from './plugins/validating-admission-policy';

/**
 * The default plugins of a kube-apiserver that have anything to do here, in upstream's order.
 * Upstream: pkg/kubeapiserver/options/plugins.go `AllOrderedPlugins`
 */
export const admissionChain = new AdmissionChain([
  namespaceLifecycle,
  limitRanger,
  serviceAccount,
  taintNodesByCondition,
  podSecurity,
  podPriority,
  defaultTolerationSeconds,
  defaultStorageClass,
  storageObjectInUseProtection,
  runtimeClass,
  defaultIngressClass,
  nodeDeclaredFeatureValidator,
  podResizeValidator,
  validatingAdmissionPolicy,
  resourceQuota,
]);
