import { expect, it } from 'vitest';
import { verdict } from './verdict';

// pkg/apis/core/validation/validation.go `ValidateTolerationsInPodAnnotations`
it.each([
  ['a:b', `scheduler.alpha.kubernetes.io/tolerations": invalid character 'a' looking for beginning of value`],
  [
    '1',
    'scheduler.alpha.kubernetes.io/tolerations": json: cannot unmarshal number into Go value of type []core.Toleration',
  ],
])('tolerations in an annotation: %s', (value, why) => {
  const annotations = { 'scheduler.alpha.kubernetes.io/tolerations': value };
  const text = `{apiVersion: v1, kind: Pod, metadata: {name: a, annotations: ${JSON.stringify(annotations)}}, spec: {containers: [{name: c, image: i}]}}`;
  expect(verdict(text)).toEqual([`metadata.annotations: Invalid value: "${why}`]);
});

it('one toleration in an annotation is judged as those of the field are', () => {
  const annotations = { 'scheduler.alpha.kubernetes.io/tolerations': '[{"key":"a","operator":"Exists","value":"b"}]' };
  const text = `{apiVersion: v1, kind: Pod, metadata: {name: a, annotations: ${JSON.stringify(annotations)}}, spec: {containers: [{name: c, image: i}]}}`;
  expect(verdict(text)).toEqual([
    'metadata.annotations.scheduler.alpha.kubernetes.io/tolerations[0].operator: Invalid value: "b": value must be empty when `operator` is \'Exists\'',
  ]);
});
