import type { Job } from '../../api/generated/batch-v1';
import type { Container, Pod, PodTemplateSpec } from '../../api/generated/core-v1';
import type { Draft } from '../../api/object';
import { podFromTemplate } from '../pod-control';
import { failureAnnotations, hasLimitPerIndex } from './per-index';
import { indexAnnotation, trackingFinalizer } from './pods';

// staging/src/k8s.io/apiserver/pkg/storage/names/generate.go `MaxGeneratedNameLength`
const longestPrefix = 58;

/**
 * A Pod of a Job; `index` for an Indexed one, `replaced` the failed Pod of that index whose count goes on.
 * Upstream: pkg/controller/job/job_controller.go `manageJob`
 */
export function jobPod(job: Job, index: number | undefined, replaced: Pod | undefined): Draft<Pod> {
  const template: PodTemplateSpec = job.spec?.template ?? {};
  const pod = podFromTemplate(template, job);
  const metadata = { ...pod.metadata, finalizers: [...(pod.metadata.finalizers ?? []), trackingFinalizer] };
  if (index === undefined) return { ...pod, metadata };
  const fieldRef = { apiVersion: 'v1', fieldPath: `metadata.labels['${indexAnnotation}']` };
  const variable = { name: 'JOB_COMPLETION_INDEX', valueFrom: { fieldRef } };
  const name = `${job.metadata.name}-${index}`;
  const withIndex = (container: Container): Container =>
    container.env?.some((one) => one.name === variable.name)
      ? container
      : { ...container, env: [...(container.env ?? []), variable] };
  const { initContainers } = pod.spec;
  return {
    ...pod,
    metadata: {
      ...metadata,
      generateName: `${job.metadata.name.slice(0, longestPrefix - `-${index}-`.length)}-${index}-`,
      annotations: {
        ...metadata.annotations,
        [indexAnnotation]: String(index),
        ...(hasLimitPerIndex(job) ? failureAnnotations(job, replaced) : {}),
      },
      labels: { ...metadata.labels, [indexAnnotation]: String(index) },
    },
    spec: {
      ...pod.spec,
      hostname: name,
      ...(initContainers ? { initContainers: initContainers.map(withIndex) } : {}),
      containers: pod.spec.containers.map(withIndex),
    },
  };
}
