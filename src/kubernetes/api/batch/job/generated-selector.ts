// Upstream: pkg/registry/batch/job/strategy.go `generateSelector`
import type { Job } from '../../generated/batch-v1';
import type { ObjectMeta } from '../../generated/meta-v1';

const uidLabel = 'batch.kubernetes.io/controller-uid';

/** What tells the Pods of a Job from all others: new names, and the old ones beside them. */
export function generatedLabels({ name, uid }: ObjectMeta): { [key: string]: string } {
  return {
    'controller-uid': uid,
    'job-name': name ?? '',
    [uidLabel]: uid,
    'batch.kubernetes.io/job-name': name ?? '',
  };
}

/** Adds labels to the template and a selector for them; what the user wrote stays, and is judged later. In place. */
export function generateSelector({ metadata, spec }: Job): void {
  const template = (spec.template.metadata ??= {});
  // Where the Job took its labels from the template, both are one map upstream, and these show in both.
  const labels = (template.labels ??= {});
  for (const [key, value] of Object.entries(generatedLabels(metadata))) labels[key] ??= value;
  spec.selector ??= {};
  const wanted = (spec.selector.matchLabels ??= {});
  wanted[uidLabel] ??= metadata.uid;
}
