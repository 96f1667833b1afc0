// Upstream: staging/src/k8s.io/apiserver/pkg/admission/plugin/namespace/lifecycle/admission.go
import { forbiddenStatus, notFoundStatus } from '../../apiserver/status';
import type { AdmissionPlugin } from '../chain';
import { forbiddenBy } from '../refusal';

const immortal = new Set(['default', 'kube-system', 'kube-public']);

/** Nothing is made in a namespace that is not there or is going away; some namespaces cannot be deleted. */
export const namespaceLifecycle: AdmissionPlugin = {
  name: 'NamespaceLifecycle',
  admit(attributes, { reader }) {
    const { operation, resource, name } = attributes;
    if (operation === 'DELETE' && resource.name === 'namespaces' && immortal.has(name)) {
      return forbiddenStatus('namespaces', '', name, 'this namespace may not be deleted');
    }
    if (operation !== 'CREATE' || !attributes.namespace || resource.name === 'namespaces') return undefined;
    const namespace = reader.get('namespaces', undefined, attributes.namespace);
    if (!namespace) return notFoundStatus('namespaces', '', attributes.namespace);
    if (namespace.status.phase !== 'Terminating' && !namespace.metadata.deletionTimestamp) return undefined;
    const status = forbiddenBy(
      attributes,
      `unable to create new content in namespace ${attributes.namespace} because it is being terminated`,
    );
    const cause = {
      reason: 'NamespaceTerminating',
      message: `namespace ${attributes.namespace} is being terminated`,
      field: 'metadata.namespace',
    };
    return { ...status, details: { ...status.details, causes: [cause] } };
  },
};
