import type { CronJob, Job } from '@/kubernetes/api/generated/batch-v1';
import { controllerOf } from '@/kubernetes/api/object';
import { parseRfc3339 } from '@/kubernetes/clock/calendar';
import { humanDuration } from '../output/duration';
import { selectorText } from '../printers/selector-text';
import type { Describer } from './describer';
import { describeEvents, eventsAbout } from './events';
import { Lines, goBool, longTime } from './lines';
import { annotations, labels } from './metadata';
import { describePodTemplate } from './pod-template';

/** Upstream: kubectl/pkg/describe/describe.go `describeJob`. */
export const describeJob: Describer<Job> = (job, { invocation, events }) => {
  const { metadata, spec, status } = job;
  const lines = new Lines();
  lines.field('Name', metadata.name);
  lines.field('Namespace', metadata.namespace);
  if (spec.selector) lines.field('Selector', selectorText(spec.selector));
  labels(lines, 'Labels', metadata.labels);
  annotations(lines, 'Annotations', metadata.annotations);
  const owner = controllerOf({ ...job });
  if (owner) lines.field('Controlled By', `${owner.kind}/${owner.name}`);
  if (spec.parallelism !== undefined) lines.field('Parallelism', spec.parallelism);
  lines.field('Completions', spec.completions ?? '<unset>');
  if (spec.completionMode) lines.field('Completion Mode', spec.completionMode);
  if (spec.suspend !== undefined) lines.field('Suspend', spec.suspend);
  if (spec.backoffLimit !== undefined) lines.field('Backoff Limit', spec.backoffLimit);
  if (spec.ttlSecondsAfterFinished !== undefined)
    lines.field('TTL Seconds After Finished', spec.ttlSecondsAfterFinished);
  if (status.startTime) lines.field('Start Time', longTime(status.startTime));
  if (status.completionTime) {
    lines.field('Completed At', longTime(status.completionTime));
    const start = status.startTime ? parseRfc3339(status.startTime) : undefined;
    const end = parseRfc3339(status.completionTime);
    if (start !== undefined && end !== undefined) lines.field('Duration', humanDuration(end - start));
  }
  if (spec.activeDeadlineSeconds !== undefined)
    lines.field('Active Deadline Seconds', `${spec.activeDeadlineSeconds}s`);
  const active =
    status.ready === undefined
      ? `${status.active ?? 0} Active`
      : `${status.active ?? 0} Active (${status.ready} Ready)`;
  lines.field('Pods Statuses', `${active} / ${status.succeeded ?? 0} Succeeded / ${status.failed ?? 0} Failed`);
  if (spec.completionMode === 'Indexed') lines.field('Completed Indexes', cut(status.completedIndexes));
  describePodTemplate(lines, spec.template);
  if (events) describeEvents(lines, eventsAbout(invocation, { ...job }), invocation.now);
  return lines.toString();
};

/** Upstream: `capIndexesListOrNone`, 50 characters. */
function cut(indexes: string | undefined): string {
  if (!indexes) return '<none>';
  if (indexes.length <= 50) return indexes;
  return `${indexes.slice(0, indexes.slice(0, 50).lastIndexOf(',') + 1)}...`;
}

/** Upstream: `describeCronJob`. */
export const describeCronJob: Describer<CronJob> = (cron, { invocation, events }) => {
  const { metadata, spec, status } = cron;
  const job = spec.jobTemplate.spec;
  const lines = new Lines();
  lines.field('Name', metadata.name);
  lines.field('Namespace', metadata.namespace);
  labels(lines, 'Labels', metadata.labels);
  annotations(lines, 'Annotations', metadata.annotations);
  lines.field('Schedule', spec.schedule);
  lines.field('Concurrency Policy', spec.concurrencyPolicy);
  lines.field('Suspend', goBool(spec.suspend));
  if (invocation.facts.describesTimeZone) lines.field('Time Zone', spec.timeZone ?? '<unset>');
  lines.field('Successful Job History Limit', spec.successfulJobsHistoryLimit ?? '<unset>');
  lines.field('Failed Job History Limit', spec.failedJobsHistoryLimit ?? '<unset>');
  const deadline = spec.startingDeadlineSeconds;
  lines.field('Starting Deadline Seconds', deadline === undefined ? '<unset>' : `${deadline}s`);
  if (job?.selector) lines.field('Selector', selectorText(job.selector));
  else lines.field('Selector', '<unset>');
  lines.field('Parallelism', job?.parallelism ?? '<unset>');
  lines.field('Completions', job?.completions ?? '<unset>');
  if (job?.activeDeadlineSeconds !== undefined) lines.field('Active Deadline Seconds', `${job.activeDeadlineSeconds}s`);
  describePodTemplate(lines, job?.template);
  lines.field('Last Schedule Time', status.lastScheduleTime ? longTime(status.lastScheduleTime) : '<unset>');
  lines.field('Active Jobs', (status.active ?? []).map((one) => one.name).join(', ') || '<none>');
  if (events) describeEvents(lines, eventsAbout(invocation, { ...cron }), invocation.now);
  return lines.toString();
};
