import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalQuantity, compareQuantities, quantityRoundedUp } from '@/kubernetes/api/quantity';

describe('quantities', () => {
  it.each([
    ['1000m', '1'],
    ['0.5Gi', '512Mi'],
    ['1024Mi', '1Gi'],
    ['0.1', '100m'],
    ['0', '0'],
    ['1e+3', '1e+3'],
    ['1E3', '1E3'],
    ['1e+4', '10e3'],
    ['1000e+3', '1e6'],
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

  it('reads a plain amount as it reads the same with a fraction of nothing', () => {
    const suffix = fc.constantFrom('n', 'u', 'm', '', 'k', 'M', 'G', 'T', 'P', 'E', 'Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei');
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 10 ** 15 - 1 }), suffix, (amount, unit) => {
        const plain = `${amount}${unit}`;
        const fraction = `${amount}.0${unit}`;
        expect(canonicalQuantity(plain)).toBe(canonicalQuantity(fraction));
        expect(compareQuantities(plain, fraction)).toBe(0);
        expect(quantityRoundedUp(plain, -3)).toBe(
          quantityRoundedUp(fraction, -3) === fraction ? plain : quantityRoundedUp(fraction, -3),
        );
      }),
    );
  });
});
