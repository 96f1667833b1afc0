import { expect, it } from 'vitest';
import { canonicalQuantity, wholeValue } from '@/kubernetes/api/quantity';
import { verdict } from './verdict';

// staging/src/k8s.io/apimachinery/pkg/api/resource: exponents have no end, 64 bits do
it('very large amounts', () => {
  expect(canonicalQuantity('1e21')).toBe('1e21');
  expect(canonicalQuantity('1e40')).toBe('10e39');
  expect(wholeValue('123456789012345678901')).toBeLessThan(0);
});

// staging/src/k8s.io/apimachinery/pkg/api/resource/quantity.go `MilliValue`
it('what has more digits than 64 bits hold wraps before it is called whole', () => {
  const text = (amount: string) =>
    `{apiVersion: v1, kind: ResourceQuota, metadata: {name: a}, spec: {hard: {pods: "${amount}"}}}`;
  expect(verdict(text('123456789012345678901'))).toEqual([
    'spec.hard[pods]: Invalid value: "123456789012345678901": must be an integer',
  ]);
  expect(verdict(text('1e20'))).toEqual([]);
});
