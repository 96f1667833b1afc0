import type { Job } from '../../api/generated/batch-v1';
import type { Pod, PodTemplateSpec } from '../../api/generated/core-v1';
import type { Draft } from '../../api/object';
import { podFromTemplate } from '../pod-control';
import { indexAnnotation, trackingFinalizer } from './pods';

/** A Pod of a Job; `index` for an Indexed one. Upstream: pkg/controller/job/job_controller.go `manageJob` */
export function jobPod(job: Job, index: number | undefined): Draft<Pod> {
  const template: PodTemplateSpec = job.spec?.template ?? {};
  const pod = podFromTemplate(template, job);
  const metadata = { ...pod.metadata, finalizers: [...(pod.metadata.finalizers ?? []), trackingFinalizer] };
  if (index === undefined) return { ...pod, metadata };
  const perIndex = job.spec?.backoffLimitPerIndex !== undefined;
  const fieldRef = { apiVersion: 'v1', fieldPath: `metadata.labels['${indexAnnotation}']` };
  const variable = { name: 'JOB_COMPLETION_INDEX', valueFrom: { fieldRef } };
  const name = `${job.metadata.name}-${index}`;
  return {
    ...pod,
    metadata: {
      ...metadata,
      generateName: `${name}-`,
      annotations: {
        ...metadata.annotations,
        [indexAnnotation]: String(index),
        ...(perIndex ? { 'batch.kubernetes.io/job-index-failure-count': '0' } : {}),
      },
      labels: { ...metadata.labels, [indexAnnotation]: String(index) },
    },
    spec: {
      ...pod.spec,
      hostname: pod.spec.hostname ?? name,
      containers: pod.spec.containers.map((container) => ({ ...container, env: [...(container.env ?? []), variable] })),
    },
  };
}
