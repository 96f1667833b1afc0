// Upstream: pkg/apis/core/v1/defaults.go `SetDefaults_PodSpec`
import type { PodSpec } from '../../../generated/core-v1';
import { defaultContainer } from './containers';
import { roundUp, roundUpResources } from './resource-lists';
import { defaultVolume } from './volumes';

/** What a Pod's spec and a template's spec have in common. */
export function defaultPodSpec(spec: PodSpec): void {
  spec.dnsPolicy ||= 'ClusterFirst';
  spec.restartPolicy ||= 'Always';
  spec.securityContext ??= {};
  spec.terminationGracePeriodSeconds ??= 30;
  spec.schedulerName ||= 'default-scheduler';
  if (spec.serviceAccountName) spec.serviceAccount = spec.serviceAccountName;
  else if (spec.serviceAccount) spec.serviceAccountName = spec.serviceAccount;
  for (const volume of spec.volumes ?? []) defaultVolume(volume);
  for (const container of spec.initContainers ?? []) defaultContainer(container);
  for (const container of spec.containers ?? []) defaultContainer(container);
  for (const container of spec.ephemeralContainers ?? []) defaultContainer(container);
  roundUp(spec.overhead);
  if (spec.resources) roundUpResources(spec.resources);
}
