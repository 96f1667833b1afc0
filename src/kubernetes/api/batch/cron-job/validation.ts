// Upstream: pkg/apis/batch/validation/validation.go `validateCronJobSpec`
import { type FieldError, invalid, Path, required } from '../../field-error';
import type { CronJob } from '../../generated/batch-v1';
import type { KindContext } from '../../kind';
import { maxLengthText } from '../../meta/names';
import { validateNonNegative } from '../../meta/object-meta';
import { requiredOneOf } from '../../core/pod-spec/validation/supported';
import { validateJobSpec } from '../job/validation';
import { scheduleError } from './schedule';
import { timeZoneErrors } from './time-zone';

const path = Path.of('spec');

/** Jobs are named after it, with eleven characters more. */
const maxName = 52;

export function validateCronJobName(name: string): FieldError[] {
  return name.length > maxName ? [invalid(Path.of('metadata.name'), name, maxLengthText(maxName))] : [];
}

export function validateCronJobSpec({ spec }: CronJob, context: KindContext): FieldError[] {
  const { jobTemplate } = spec;
  return [
    ...validateSchedule(spec.schedule, path.child('schedule')),
    ...validateNonNegative(spec.startingDeadlineSeconds, path.child('startingDeadlineSeconds')),
    ...validateTimeZone(spec.timeZone, path.child('timeZone')),
    ...requiredOneOf(spec.concurrencyPolicy, ['Allow', 'Forbid', 'Replace'], path.child('concurrencyPolicy')),
    ...validateJobSpec(jobTemplate.spec ?? { template: {} }, path.child('jobTemplate', 'spec'), context),
    ...validateNonNegative(spec.successfulJobsHistoryLimit, path.child('successfulJobsHistoryLimit')),
    ...validateNonNegative(spec.failedJobsHistoryLimit, path.child('failedJobsHistoryLimit')),
  ];
}

function validateSchedule(schedule: string | undefined, at: Path): FieldError[] {
  if (!schedule) return [required(at)];
  const error = scheduleError(schedule);
  const errors = error ? [invalid(at, schedule, error)] : [];
  if (schedule.includes('TZ')) {
    errors.push(invalid(at, schedule, 'cannot use TZ or CRON_TZ in schedule, use timeZone field instead'));
  }
  return errors;
}

function validateTimeZone(zone: string | undefined, at: Path): FieldError[] {
  return zone === undefined ? [] : timeZoneErrors(zone).map((error) => invalid(at, zone, error));
}
