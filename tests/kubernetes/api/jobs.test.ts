import { expect, it } from 'vitest';
import { objectOf } from '../apiserver/server';
import { create, verdict } from './verdict';

// pkg/apis/batch/validation/validation.go `validateJobSpec`
it('an indexed Job of very many', () => {
  const text = `
apiVersion: batch/v1
kind: Job
metadata: {name: a}
spec: {completionMode: Indexed, completions: 100001, parallelism: 10001, backoffLimitPerIndex: 1, template: {spec: {restartPolicy: Never, containers: [{name: c, image: i}]}}}`;
  expect(verdict(text)).toEqual([
    'spec.maxFailedIndexes: Required value: must be specified when completions is above 100000',
    'spec.parallelism: Invalid value: 10001: must be less than or equal to 10000 when completions are above 100000 and used with backoff limit per index',
  ]);
});

// pkg/registry/generic/registry/store.go `createWithGenerateNameRetry`
it('a Job whose name is drawn does not show the labels of its Pods', () => {
  const job = (metadata: string) =>
    `{apiVersion: batch/v1, kind: Job, metadata: ${metadata}, spec: {template: {metadata: {labels: {a: b}}, spec: {restartPolicy: Never, containers: [{name: c, image: i}]}}}}`;
  const labels = (metadata: string) => Object.keys(objectOf(create([job(metadata)])).metadata.labels ?? {});
  expect(labels('{generateName: a-}')).toEqual(['a']);
  expect(labels('{name: a}')).toContain('job-name');
});

// pkg/apis/batch/validation/validation.go `validateTimeZone`
it.each([
  ['../up', ['unknown time zone ../up']],
  ['a..b', ['time: invalid location name']],
  [
    'LOCAL',
    ['timeZone must be an explicit time zone as defined in https://www.iana.org/time-zones', 'unknown time zone LOCAL'],
  ],
  ['Europe/Berlin', []],
])('the time zone %s', (zone, errors) => {
  const text = `{apiVersion: batch/v1, kind: CronJob, metadata: {name: a}, spec: {schedule: "* * * * *", timeZone: "${zone}", jobTemplate: {spec: {template: {spec: {restartPolicy: Never, containers: [{name: c, image: i}]}}}}}}`;
  expect(verdict(text)).toEqual(errors.map((error) => `spec.timeZone: Invalid value: "${zone}": ${error}`));
});
