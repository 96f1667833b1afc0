import { readFile } from 'node:fs/promises';
import AxeBuilder from '@axe-core/playwright';
import { Desk, expect, test } from './person';

test.use({ viewport: { width: 360, height: 740 }, hasTouch: true });

test('on a telephone, defaults stand behind the text, and findings are told and mended by touch', async ({ page }) => {
  const mismatch = await readFile(new URL('../../content/checks/mismatch.yaml', import.meta.url), 'utf8');
  await new Desk(page).open('#world=vm-3&manifest=hostport');
  const editor = page.getByRole('textbox', { name: 'Manifest editor' });
  await expect(page.locator('.plain-editor .filled-hint').filter({ hasText: 'protocol: TCP' })).toHaveCount(1);

  await editor.fill(mismatch);
  await expect(page.locator('.plain-editor .under.error').first()).toBeVisible();
  await page.getByRole('button', { name: /error/ }).tap();
  const sheet = page.getByRole('region', { name: 'What is said of this manifest' });
  await expect(sheet).toContainText('API server');
  await expect(sheet).toContainText('must match `containerPort` when `hostNetwork` is true');
  expect((await new AxeBuilder({ page }).include('.pane.edit').analyze()).violations).toEqual([]);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
  const before = await editor.inputValue();
  await sheet.locator('li.error').getByRole('button').first().tap();
  await expect(editor).not.toHaveValue(before);
  // The server's error is mended; what the scheduler will say of three Pods and one port comes later.
  await expect(sheet).not.toContainText('must match `containerPort`');
  await expect(sheet).toContainText('Scheduler');
});
