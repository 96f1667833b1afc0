import { expect, it } from 'vitest';
import { unifiedDiff } from '@/kubernetes/api/core/internal-diff';

it('shows three lines around a change, and far changes apart', () => {
  const before = 'abcdefghijkl'.split('');
  const after = ['a', 'B', ...before.slice(2, 11), 'L'];
  expect(unifiedDiff(before, after)).toBe(
    '@@ -1,5 +1,5 @@\n a\n-b\n+B\n c\n d\n e\n@@ -9,4 +9,4 @@\n i\n j\n k\n-l\n+L\n',
  );
  expect(unifiedDiff(before, before)).toBe('');
});
