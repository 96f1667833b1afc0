// Upstream: pkg/api/pod/util.go `dropDisabledFields`, pkg/features/kube_features.go
import type { Container, PodSpec } from '../generated/core-v1';
import type { KubernetesVersion } from '../kind';

/** The first minor in which a gate is on unless somebody says otherwise. */
const onSince = {
  HostnameOverride: '1.35',
  ContainerRestartRules: '1.35',
  EnvFiles: '1.35',
} as const satisfies Readonly<Record<string, KubernetesVersion>>;

/** Takes away, in place, what a minor knows but has switched off. */
export function dropDisabledFields(spec: PodSpec, version: KubernetesVersion): void {
  const off = (gate: keyof typeof onSince) => version < onSince[gate];
  if (off('HostnameOverride')) delete spec.hostnameOverride;
  const containers: Container[] = [...(spec.initContainers ?? []), ...(spec.containers ?? [])];
  if (off('ContainerRestartRules')) {
    // Init containers could be sidecars before, and nothing else.
    for (const container of spec.initContainers ?? [])
      if (container.restartPolicy !== 'Always') delete container.restartPolicy;
    for (const container of spec.containers ?? []) delete container.restartPolicy;
    for (const container of containers) delete container.restartPolicyRules;
  }
  if (off('EnvFiles')) {
    for (const { env } of containers) for (const variable of env ?? []) delete variable.valueFrom?.fileKeyRef;
  }
}
