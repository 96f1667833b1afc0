import type { CronJob, Job } from '@/kubernetes/api/generated/batch-v1';
import { parseRfc3339 } from '@/kubernetes/clock/calendar';
import { humanDuration } from '../output/duration';
import { age } from '../output/age';
import { type Column, ageColumn, column, nameColumn, orNone, wide } from './column';
import { selectorColumn, templateColumns } from './workloads';

export const jobs: readonly Column<Job>[] = [
  nameColumn(),
  column('STATUS', jobStatus),
  column('COMPLETIONS', completions),
  column('DURATION', jobDuration),
  ageColumn(),
  ...templateColumns<Job>(),
  selectorColumn(),
];

export const cronJobs: readonly Column<CronJob>[] = [
  nameColumn(),
  column('SCHEDULE', ({ spec }) => spec.schedule),
  column('TIMEZONE', ({ spec }) => orNone(spec.timeZone)),
  column('SUSPEND', ({ spec }) => (spec.suspend ? 'True' : 'False')),
  column('ACTIVE', ({ status }) => String(status.active?.length ?? 0)),
  column('LAST SCHEDULE', ({ status }, now) =>
    status.lastScheduleTime ? age(status.lastScheduleTime, now) : '<none>',
  ),
  ageColumn(),
  wide('CONTAINERS', ({ spec }) =>
    containers(spec)
      .map((one) => one.name)
      .join(','),
  ),
  wide('IMAGES', ({ spec }) =>
    containers(spec)
      .map((one) => one.image ?? '')
      .join(','),
  ),
  wide('SELECTOR', () => '<none>'),
];

function containers(spec: CronJob['spec']) {
  return spec.jobTemplate.spec?.template.spec?.containers ?? [];
}

function jobStatus(job: Job): string {
  const has = (type: string) => job.status.conditions?.some((one) => one.type === type && one.status === 'True');
  if (has('Complete')) return 'Complete';
  if (has('Failed')) return 'Failed';
  if (job.metadata.deletionTimestamp) return 'Terminating';
  if (has('Suspended')) return 'Suspended';
  if (has('FailureTarget')) return 'FailureTarget';
  if (has('SuccessCriteriaMet')) return 'SuccessCriteriaMet';
  return 'Running';
}

function completions({ spec, status }: Job): string {
  const done = status.succeeded ?? 0;
  if (spec.completions !== undefined) return `${done}/${spec.completions}`;
  const parallel = spec.parallelism ?? 0;
  return parallel > 1 ? `${done}/1 of ${parallel}` : `${done}/1`;
}

function jobDuration({ status }: Job, now: number): string {
  const start = status.startTime ? parseRfc3339(status.startTime) : undefined;
  if (start === undefined) return '';
  // A failed Job has no completion time: its duration goes on.
  const end = status.completionTime;
  return humanDuration((end ? (parseRfc3339(end) ?? now) : now) - start);
}
