import { describe, expect, it } from 'vitest';
import { create, errorsOf, verdict } from './verdict';

describe('priority classes', () => {
  const named = (name: string) =>
    `{apiVersion: scheduling.k8s.io/v1, kind: PriorityClass, metadata: {name: ${name}}, value: 1, globalDefault: true}`;

  // pkg/apis/scheduling/v1/helpers.go `SystemPriorityClasses`
  it('are there for the system from the beginning', () => {
    const text =
      '{apiVersion: scheduling.k8s.io/v1, kind: PriorityClass, metadata: {name: system-node-critical}, value: 2000001000}';
    expect(verdict(text)).toEqual(['priorityclasses.scheduling.k8s.io "system-node-critical" already exists']);
  });

  // plugin/pkg/admission/priority/admission.go `validatePriorityClass`
  it('are the default one at a time', () => {
    expect(errorsOf(create([named('a'), named('b')]))).toEqual([
      'priorityclasses.scheduling.k8s.io "b" is forbidden: PriorityClass a is already marked as default. Only one default can exist',
    ]);
  });
});

// apimachinery/pkg/api/errors/errors.go `NewGenerateNameConflict`
it('a name that is taken is told otherwise where one could have been drawn', () => {
  const config = (more: string) => `{apiVersion: v1, kind: ConfigMap, metadata: {name: a${more}}}`;
  const { body } = create([config(''), config(', generateName: b-')]);
  expect(body).toMatchObject({
    message: 'configmaps "a" already exists, the server was not able to generate a unique name for the object',
    details: { name: 'a', kind: 'configmaps', retryAfterSeconds: 1 },
  });
});
