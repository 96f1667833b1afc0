import type { ObjectReference } from '@/kubernetes/api/object';

/** The labels that the kubelet gives what it makes for a Pod. Upstream: pkg/kubelet/kuberuntime/labels.go */
export function podLabels({ name, namespace = '', uid = '' }: ObjectReference): Record<string, string> {
  return {
    'io.kubernetes.pod.name': name,
    'io.kubernetes.pod.namespace': namespace,
    'io.kubernetes.pod.uid': uid,
  };
}
