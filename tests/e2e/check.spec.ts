import { expect, open, test } from './person';

test('a wrong host port is marked at its own characters', async ({ page }) => {
  await open(page, '/check/');
  await page.getByRole('button', { name: /Two different ports/ }).click();
  await expect(page.getByRole('heading', { level: 1 })).not.toHaveText(/Paste/);
  const finding = page.locator('.finding', { hasText: 'must match `containerPort` when `hostNetwork` is true' });
  await expect(finding).toBeVisible();
  await expect(finding.getByRole('button', { name: 'line 18' })).toBeVisible();
  await finding.hover();
  await expect(page.locator('.lit-range')).toBeVisible();
});

test('a misplaced field is named with its path', async ({ page }) => {
  await open(page, '/check/');
  await page.getByRole('button', { name: /In the wrong place/ }).click();
  await expect(page.getByText('unknown field "spec.template.hostNetwork"').first()).toBeVisible();
});

test('on a small screen the plain editor marks the same characters', async ({ page }) => {
  await page.setViewportSize({ width: 360, height: 740 });
  await open(page, '/check/');
  await page.getByRole('button', { name: /Two different ports/ }).click();
  await expect(page.locator('.plain-editor .under.error').first()).toHaveText('8080');
});
