import type { Container, Pod } from '../api/generated/core-v1';
import type { ContainerRecord } from '../runtime/records';
import { isSidecar } from './pod-text';

/** The newest container of a name; undefined when there was none. `containers` are oldest first. */
export function newest(containers: readonly ContainerRecord[], name: string): ContainerRecord | undefined {
  return containers.findLast((one) => one.name === name);
}

/** pkg/kubelet/container/helpers.go `ShouldContainerBeRestarted`, by the policy of the container itself if it has one. */
export function shouldBeRestarted(container: Container, pod: Pod, containers: readonly ContainerRecord[]): boolean {
  if (pod.metadata.deletionTimestamp) return false;
  const record = newest(containers, container.name);
  if (!record) return true;
  if (record.state === 'running') return false;
  if (record.state === 'created') return true;
  const isInit = pod.spec.initContainers?.some((one) => one.name === container.name) ?? false;
  if (isInit && !isSidecar(container)) return record.exitCode !== 0 && pod.spec.restartPolicy !== 'Never';
  const policy = container.restartPolicy ?? pod.spec.restartPolicy ?? 'Always';
  if (policy === 'Never') return false;
  return policy === 'Always' || record.exitCode !== 0;
}
