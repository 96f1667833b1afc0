// Upstream: plugin/pkg/admission/defaulttolerationseconds/admission.go
import type { AdmissionPlugin } from '../chain';
import { requestedPod } from '../pod-of';

const seconds = 300;
const taints = ['node.kubernetes.io/not-ready', 'node.kubernetes.io/unreachable'];

/** A Pod stays five minutes on a node that is not ready or unreachable, unless it says otherwise. */
export const defaultTolerationSeconds: AdmissionPlugin = {
  name: 'DefaultTolerationSeconds',
  admit(attributes) {
    const pod = requestedPod(attributes);
    if (!pod) return undefined;
    const written = pod.spec.tolerations ?? [];
    const missing = taints.filter(
      (taint) => !written.some(({ key, effect }) => (!key || key === taint) && (!effect || effect === 'NoExecute')),
    );
    if (missing.length === 0) return undefined;
    pod.spec.tolerations = [
      ...written,
      ...missing.map((key) => ({ key, operator: 'Exists', effect: 'NoExecute', tolerationSeconds: seconds })),
    ];
    return undefined;
  },
};
