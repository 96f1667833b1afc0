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
  '/errors/',
  '/errors/no-free-ports/',
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

for (const path of ['/', '/lessons/l02/']) {
  test(`${path} loads less than 30 KB of JavaScript before one touches anything`, async ({ page }) => {
    await page.goto(path, { waitUntil: 'networkidle' });
    const bytes = await page.evaluate(() =>
      performance
        .getEntriesByType('resource')
        .filter((entry): entry is PerformanceResourceTiming => /\.js$/.test(entry.name))
        .reduce((sum, entry) => sum + entry.decodedBodySize, 0),
    );
    expect(bytes).toBeGreaterThan(0);
    expect(bytes).toBeLessThan(30_000);
  });
}

for (const path of ['/play/', '/check/']) {
  test(`${path} names at its top every script that it needs to come alive`, async ({ request }) => {
    const html = await (await request.get(path)).text();
    const named = [...html.matchAll(/<link rel="modulepreload" href="([^"]+)">/g)].map(([, href]) => href);
    const island = [...html.matchAll(/(?:component|renderer)-url="([^"]+)"/g)].map(([, href]) => href);
    expect(island).toHaveLength(2);
    expect(named).toEqual(expect.arrayContaining(island));
    expect(named.join(' ')).not.toContain('monaco');
  });
}

test('the full editor is dressed: its style sheet came with it', async ({ page }) => {
  await open(page, '/play/');
  const line = page.locator('.monaco-editor .view-line').first();
  await expect(line).toBeVisible();
  await expect(line).toHaveCSS('position', 'absolute');
  await expect(page.locator('.monaco-editor .line-numbers').first()).toHaveText('1');
  await page.getByRole('separator', { name: 'Width of the editor' }).focus();
  const width = async () => (await page.locator('.pane.edit').boundingBox())?.width ?? 0;
  const before = await width();
  await page.keyboard.press('ArrowRight');
  await expect.poll(width).toBeGreaterThan(before);
});
