import type { Container, ContainerRestartRule, Pod, PodSpec } from '../api/generated/core-v1';
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
  const exitCode = record.exitCode ?? 0;
  const isInit = pod.spec.initContainers?.some((one) => one.name === container.name) ?? false;
  // An init container that has done its work is not asked again, whatever the policy.
  if (isInit && !isSidecar(container) && exitCode === 0) return false;
  return restartsAfter(container, pod.spec, exitCode);
}

/**
 * Whether a container that has ended with this code starts again: by the first of its own rules that fits, else by
 * its own policy, else by that of its Pod. Upstream: pkg/api/v1/pod/util.go `ContainerShouldRestart`.
 */
export function restartsAfter(container: Container, spec: PodSpec, exitCode: number): boolean {
  const { restartPolicy: own } = container;
  const rule = own === undefined ? undefined : matchingRule(container, exitCode);
  if (rule?.action === 'Restart' || rule?.action === 'RestartAllContainers') return true;
  const policy = own ?? spec.restartPolicy ?? 'Always';
  return policy === 'Always' || (policy === 'OnFailure' && exitCode !== 0);
}

/** The first rule of a container that says something of this code. Upstream: `FindMatchingContainerRestartRule` */
export function matchingRule({ restartPolicyRules }: Container, exitCode: number): ContainerRestartRule | undefined {
  return restartPolicyRules?.find(({ exitCodes }) => exitCodes && fits(exitCodes, exitCode));
}

function fits({ operator, values = [] }: { operator: string; values?: readonly number[] }, code: number): boolean {
  return operator === 'In' ? values.includes(code) : operator === 'NotIn' && !values.includes(code);
}

/** Whether a container that has failed starts again, as far as a policy says so without its exit code. */
export function isRestartedOnFailure(container: Container, spec: PodSpec): boolean {
  return (container.restartPolicy ?? spec.restartPolicy) !== 'Never';
}
