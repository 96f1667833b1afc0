import AxeBuilder from '@axe-core/playwright';
import { Desk, expect, test } from './person';

test('two clusters from one manifest: what differs is marked, and the clock is one', async ({ page }) => {
  const desk = new Desk(page);
  await desk.open('#world=vm-3&manifest=hostport');
  await page.getByRole('button', { name: 'Compare', exact: true }).click();
  const dialog = page.getByRole('dialog', { name: 'Two clusters, one field flipped' });
  await dialog.getByRole('combobox', { name: 'Flip' }).selectOption('hostPort');
  const columns = dialog.getByRole('columnheader');
  await expect(columns).toHaveText(['without hostPort', 'hostPort: 8080']);
  await expect(dialog.getByRole('row', { name: /8080\/TCP ?: differs/ })).toContainText('10.244.1.19:80');
  await expect(dialog.getByRole('row', { name: /curl 192\.168\.189\.201:8080 ?: differs/ })).toContainText('HTTP 200');
  await expect(dialog.getByRole('row', { name: /curl 192\.168\.189\.202:8080 ?: the same/ })).toBeVisible();

  await dialog.getByLabel('Only what differs').check();
  await expect(dialog.getByText(/: the same/)).toHaveCount(0);
  await dialog.getByLabel('Time since').focus();
  await page.keyboard.press('Home');
  await expect(dialog.getByText('00:00:00')).toBeVisible();
  await expect(dialog.getByRole('row', { name: /curl/ })).toHaveCount(0);

  await dialog.getByRole('combobox', { name: 'Flip' }).selectOption('replicas');
  await expect(dialog.getByText(/no place for replicas/)).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(dialog).toHaveCount(0);
});

test('both clusters are played beside the page, and given up with the dialog', async ({ page }) => {
  const desk = new Desk(page);
  await desk.open('#world=vm-3&manifest=hostport');
  await desk.type('kubectl get nodes');
  const engines = () => page.workers().filter((worker) => worker.url().includes('engine')).length;
  await expect.poll(engines).toBe(2);
  await page.getByRole('button', { name: 'Compare', exact: true }).click();
  await expect(page.getByRole('dialog')).toContainText('facts differ');
  expect(engines()).toBe(3);
  await page.keyboard.press('Escape');
  await expect.poll(engines).toBe(2);
});

test('a lesson shows a comparison alone', async ({ page }) => {
  await page.goto('/lessons/l02/');
  const part = page.locator('.in-lesson');
  await part.scrollIntoViewIfNeeded();
  await expect(part.getByRole('columnheader')).toHaveText(['without hostNetwork', 'hostNetwork: true']);
  await expect(part.getByRole('combobox', { name: 'Flip' })).toBeVisible();
  await expect(part.getByLabel('Command')).toHaveCount(0);
  await expect(part.locator('.editor')).toHaveCount(0);
});

for (const theme of ['light', 'dark'] as const) {
  test(`comparing and sharing are accessible in the ${theme} theme, and fit a small screen`, async ({ page }) => {
    await page.emulateMedia({ colorScheme: theme });
    await page.setViewportSize({ width: 360, height: 740 });
    const desk = new Desk(page);
    await desk.open('#world=vm-3&manifest=hostport');
    for (const name of ['Compare', 'Share']) {
      await page.getByRole('button', { name, exact: true }).click();
      await expect(page.getByRole('dialog')).toContainText(name === 'Compare' ? 'facts differ' : 'characters');
      const { violations } = await new AxeBuilder({ page })
        .withTags(['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'])
        .analyze();
      expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' ')}`)).toEqual([]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
      await page.keyboard.press('Escape');
    }
  });
}
