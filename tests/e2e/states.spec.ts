import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { Desk, expect, open, test } from './person';

const screens = [
  { width: 1440, height: 900 },
  { width: 1024, height: 768 },
  { width: 768, height: 1024 },
  { width: 360, height: 740 },
];

/** Nothing that axe finds, and nothing wider than the window. */
async function isSound(page: Page, state: string): Promise<void> {
  await atRest(page);
  const { violations } = await new AxeBuilder({ page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'])
    .analyze();
  const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' ')}`);
  const { width } = page.viewportSize() ?? { width: 0 };
  const over = await page.evaluate(() => document.documentElement.scrollWidth);
  expect({ state, found, over: Math.max(over, width) }).toEqual({ state, found: [], over: width });
}

/** What still fades in has no colour of its own yet. */
async function atRest(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const running = document.getAnimations().filter((one) => one.effect?.getComputedTiming().endTime !== Infinity);
    await Promise.allSettled(running.map((one) => one.finished));
  });
}

/** A part of the playground, where it is not in sight already. */
async function turnTo(page: Page, part: string): Promise<void> {
  const tab = page.getByRole('navigation', { name: 'Parts of the playground' }).getByRole('button', { name: part });
  if (await tab.isVisible()) await tab.click();
}

for (const theme of ['light', 'dark'] as const) {
  for (const viewport of screens) {
    test.describe(`${viewport.width} pixels, ${theme}`, () => {
      test.use({ viewport, colorScheme: theme });

      test('every part of the playground is accessible and fits', async ({ page }) => {
        const desk = new Desk(page);
        await desk.open('#world=vm-3&manifest=hostport');
        await expect(page.locator('.editor[data-stage="full"], .plain-editor').first()).toBeVisible();
        await desk.applyAndPause();
        await page.getByRole('button', { name: '+10 s' }).click();
        await turnTo(page, 'Terminal');
        await desk.type('kubectl expose pod nginx-hostport --port=80 --type=NodePort || kubectl get nodes');
        await desk.type('kubectl create service nodeport web --tcp=80');
        await desk.type('curl -sI http://192.168.189.201:8080/ | head -n 1');
        await desk.last().getByText('The packet’s way').click();
        await isSound(page, 'terminal');
        await turnTo(page, 'Cluster');
        await expect(page.getByRole('button', { name: /^Service web/ })).toBeVisible();
        await isSound(page, 'picture');
        await page.getByRole('button', { name: 'Table', exact: true }).click();
        await expect(page.getByRole('table', { name: 'Pods' })).toBeVisible();
        await isSound(page, 'tables');
        await page.getByRole('button', { name: 'Picture', exact: true }).click();
        await page.getByRole('button', { name: /Running · 1\/1/ }).click();
        await turnTo(page, 'Why');
        const why = page.locator('[data-pane=why]');
        await why.getByText('plug-ins').last().click();
        await isSound(page, 'why');
        await page.getByRole('button', { name: 'Timeline' }).click();
        await expect(page.getByRole('region', { name: 'Who did what, when' })).toBeVisible();
        await isSound(page, 'timeline');
        await page.getByRole('slider', { name: 'Look back in time' }).focus();
        await page.keyboard.press('Shift+ArrowLeft');
        await expect(page.getByText('The past cannot be changed.')).toBeVisible();
        await isSound(page, 'past');
      });

      test('every dialog of the playground is accessible and fits', async ({ page }) => {
        const desk = new Desk(page);
        await desk.open('#world=vm-3&manifest=hostport');
        await desk.applyAndPause();
        await page.getByRole('button', { name: '+10 s' }).click();
        await turnTo(page, 'Cluster');
        await page.getByRole('button', { name: 'Change …' }).click();
        const world = page.getByRole('dialog', { name: 'The cluster to play in' });
        await expect(world.getByLabel('Name 1', { exact: true })).toBeVisible();
        await isSound(page, 'world, form');
        await world.getByRole('button', { name: 'YAML' }).click();
        await isSound(page, 'world, YAML');
        await page.keyboard.press('Escape');
        await page.getByText('Trouble', { exact: true }).click();
        await expect(page.getByRole('button', { name: /Its kubelet stops/ })).toBeVisible();
        await isSound(page, 'trouble');
        await page.keyboard.press('Escape');
        await page.getByRole('button', { name: 'Table', exact: true }).click();
        await page.getByRole('table', { name: 'Pods' }).getByRole('button').first().click();
        const look = page.getByRole('dialog');
        for (const part of ['YAML', 'Logs', 'Why?', 'Describe']) {
          await look.getByRole('button', { name: part }).click();
          await isSound(page, `look, ${part}`);
        }
        await page.keyboard.press('Escape');
        await turnTo(page, 'Edit');
        for (const [name, sign] of [
          ['Compare', 'facts differ'],
          ['Share', 'characters'],
        ] as const) {
          await page.getByRole('button', { name, exact: true }).click();
          await expect(page.getByRole('dialog')).toContainText(sign);
          await isSound(page, name);
          await page.keyboard.press('Escape');
        }
      });

      test('the check is accessible and fits, whatever is found', async ({ page }) => {
        for (const [title, verdict] of [
          ['Two different ports', 'The API server refuses this.'],
          ['More replicas than nodes', 'The scheduler does not find a node for every Pod.'],
        ] as const) {
          await open(page, '/check/');
          await page.getByRole('button', { name: title }).click();
          await expect(page.getByRole('heading', { level: 1 })).toHaveText(verdict);
          await expect(page.getByRole('link', { name: 'Try it in the playground' })).toBeVisible();
          await isSound(page, title);
        }
      });
    });
  }
}
