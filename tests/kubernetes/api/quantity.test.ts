import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalQuantity, compareQuantities } from '@/kubernetes/api/quantity';

describe('quantities', () => {
  it.each([
    ['1000m', '1'],
    ['0.5Gi', '512Mi'],
    ['1024Mi', '1Gi'],
    ['0.1', '100m'],
    ['0', '0'],
  ])('prints %s as %s', (written, printed) => {
    expect(canonicalQuantity(written)).toBe(printed);
  });

  it('refuses what is none', () => {
    expect(canonicalQuantity('1 Gi')).toBeUndefined();
  });

  it('prints what it has printed the same way, and means the same by it', () => {
    const suffix = fc.constantFrom('', 'm', 'k', 'M', 'Ki', 'Mi', 'Gi');
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1_000_000 }), suffix, (amount, unit) => {
        const once = canonicalQuantity(`${amount}${unit}`);
        expect(canonicalQuantity(once ?? '')).toBe(once);
        expect(compareQuantities(once, `${amount}${unit}`)).toBe(0);
      }),
    );
  });
});
