import AxeBuilder from '@axe-core/playwright';
import { expect, open, test } from './person';

const pages = [
  '/',
  '/lessons/',
  '/lessons/l02/',
  '/play/',
  '/check/',
  '/handouts/',
  '/handouts/l02/',
  '/about/real/',
  '/404.html',
];

for (const path of pages) {
  for (const theme of ['light', 'dark'] as const) {
    test(`${path} is accessible in the ${theme} theme`, async ({ page }) => {
      await page.emulateMedia({ colorScheme: theme });
      await open(page, path);
      if (path === '/play/' || path === '/check/')
        await expect(page.locator('.editor[data-stage="full"]')).toBeVisible();
      const { violations } = await new AxeBuilder({ page })
        .withTags(['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'])
        .analyze();
      expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' ')}`)).toEqual([]);
    });
  }

  test(`${path} fits a screen 360 pixels wide`, async ({ page }) => {
    await page.setViewportSize({ width: 360, height: 740 });
    await page.goto(path);
    await page.waitForLoadState('networkidle');
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
  });
}

test('the theme can be changed, and stays changed', async ({ page }) => {
  await page.goto('/');
  const ground = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  expect(await ground()).toBe('rgb(251, 250, 247)');
  await page.getByRole('button', { name: 'Light or dark' }).click();
  expect(await ground()).toBe('rgb(20, 23, 26)');
  await page.reload();
  expect(await ground()).toBe('rgb(20, 23, 26)');
});
