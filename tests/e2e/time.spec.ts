import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { Desk, expect, test } from './person';

const clock = (page: Page) => page.getByLabel('Time since the start');
const slider = (page: Page) => page.getByRole('slider', { name: 'Look back in time' });

/** What axe finds on the page as it is now. */
async function findings(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'])
    .analyze();
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' ')}`);
}

/** S0: a Deployment on the node's network is scaled to two, and 44 minutes pass. */
async function crashLoop(page: Page): Promise<Desk> {
  const desk = new Desk(page);
  await desk.open('#world=one-node-cce&manifest=nginx-deployment');
  await desk.applyAndPause();
  await page.getByRole('button', { name: '+1 min' }).click();
  await desk.type('kubectl scale deployment nginx --replicas=2');
  await expect(desk.last()).toContainText('scaled');
  await page.getByRole('button', { name: '+44 min' }).click();
  await expect(clock(page)).toHaveText(/^00:45:/);
  return desk;
}

test('the slider shows any moment of the past with the keyboard, and now again', async ({ page }) => {
  await crashLoop(page);
  await slider(page).focus();
  await page.keyboard.press('Home');
  await expect(page.getByText('You are looking at 00:00:00.')).toBeVisible();
  await expect(clock(page)).toHaveText('00:00:00');
  for (let i = 0; i < 3; i++) await page.keyboard.press('Shift+ArrowRight');
  await expect(clock(page)).toHaveText('00:00:30');
  await expect(slider(page)).toHaveAttribute('aria-valuetext', /^00:00:30 of 00:45:\d\d\. \d+ events, the latest: /);
  await expect(page.getByRole('button', { name: /1\/1 ready/ })).toBeVisible();
  await expect(page.getByRole('button', { name: /0\/1 ready/ })).toHaveCount(0);
  await page.getByRole('button', { name: 'Table' }).click();
  const pods = page.getByRole('table', { name: 'Pods' });
  await expect(pods.getByRole('row')).toHaveCount(2);

  await page.keyboard.press('Tab');
  await slider(page).focus();
  await page.keyboard.press('PageUp');
  await page.keyboard.press('PageUp');
  await page.keyboard.press('PageUp');
  await expect(clock(page)).toHaveText(/^00:01:0/);
  await expect(pods.getByRole('row')).toHaveCount(3);
  await page.keyboard.press('End');
  await expect(page.getByText('You are looking at')).toBeHidden();
  await expect(clock(page)).toHaveText(/^00:45:/);
  await expect(pods).toContainText('13 (');
});

test('in the past nothing can be typed or applied, and one can go on from there', async ({ page }) => {
  const desk = await crashLoop(page);
  await slider(page).focus();
  await page.keyboard.press('Home');
  for (let i = 0; i < 4; i++) await page.keyboard.press('Shift+ArrowRight');
  await expect(clock(page)).toHaveText('00:00:40');
  await expect(desk.prompt).not.toBeEditable();
  await expect(page.getByRole('button', { name: 'Apply', exact: true })).toBeDisabled();
  await page.getByRole('button', { name: 'Continue from here' }).click();
  await expect(page.getByText('You are looking at')).toBeHidden();
  await expect(clock(page)).toHaveText('00:00:40');
  await desk.type('kubectl get pods');
  await expect(desk.last()).toContainText(/1\/1\s+Running/);
  await page.getByRole('button', { name: 'Undo' }).click();
  await page.getByRole('button', { name: 'Redo' }).click();
  await expect(clock(page)).toHaveText('00:00:40');
});

test('what was done after the moment that one continued from can be done again', async ({ page }) => {
  await crashLoop(page);
  await slider(page).focus();
  await page.keyboard.press('Home');
  await page.keyboard.press('Shift+ArrowRight');
  await page.getByRole('button', { name: 'Continue from here' }).click();
  await expect(page.getByText('What you did later is kept under Redo.')).toBeVisible();
  const redo = page.getByRole('button', { name: 'Redo' });
  await redo.click();
  await expect(clock(page)).toHaveText(/^00:01:/);
  await redo.click();
  await expect(clock(page)).toHaveText(/^00:45:/);
  await expect(page.getByRole('button', { name: /0\/1 ready, 13 restarts/ })).toBeVisible();
  await expect(redo).toBeDisabled();
});

test('the timeline tells who did what when, and leads to the moment', async ({ page }) => {
  await crashLoop(page);
  await page.getByRole('button', { name: 'Timeline' }).click();
  const lanes = page.getByRole('region', { name: 'Who did what, when' });
  for (const name of ['API server', 'Scheduler', 'Controllers', 'Kubelet 10.1.0.55', 'Kernel, network'])
    await expect(lanes.locator('.lane-name', { hasText: name })).toBeVisible();
  await slider(page).focus();
  await page.keyboard.press('Home');
  for (let i = 0; i < 7; i++) await page.keyboard.press('Shift+ArrowRight');
  const refused = lanes.getByRole('button', { name: /Kernel, network.*was refused.* 80\/TCP/ });
  await expect(refused.first()).toBeVisible();
  await page.getByRole('button', { name: /0\/1 ready/ }).click();
  await lanes.getByLabel(/^only Pod nginx-/).check();
  await expect(lanes.getByRole('listitem').filter({ hasText: 'Deployment' })).toHaveCount(0);
  await refused.last().click();
  await expect(clock(page)).toHaveText(/^00:01:0/);
  await lanes.getByLabel('Show').selectOption('10 seconds');
  await expect(lanes.locator('.lane-ends')).toContainText(/^00:00:5\d00:01:0/);
});

test('a row and a name in the terminal open the object as it stood', async ({ page }) => {
  const desk = await crashLoop(page);
  await desk.type('kubectl get deploy');
  await desk.last().getByRole('button', { name: 'nginx' }).click();
  const drawer = page.getByRole('dialog');
  await expect(drawer).toContainText('StrategyType:');
  await drawer.getByRole('button', { name: 'YAML' }).click();
  await expect(drawer).toContainText('replicas: 2');
  await page.keyboard.press('Escape');
  await expect(drawer).toBeHidden();

  await slider(page).focus();
  await page.keyboard.press('Home');
  await page.keyboard.press('Shift+ArrowRight');
  await page.getByRole('button', { name: 'Table' }).click();
  await page
    .getByRole('table', { name: 'Pods' })
    .getByRole('button', { name: /^nginx-/ })
    .press('Enter');
  await expect(drawer).toContainText('as it stood at 00:00:10');
  await expect(drawer).toContainText('Successfully assigned default/nginx-');
  await drawer.getByRole('button', { name: 'Logs' }).click();
  await expect(drawer).toContainText('start worker process');
  await drawer.getByRole('button', { name: 'Why?' }).click();
  await expect(drawer).toContainText('kube-scheduler');
});

for (const [width, height] of [
  [1440, 900],
  [360, 740],
] as const) {
  for (const colorScheme of ['light', 'dark'] as const) {
    test(`axe finds nothing in the past, in the timeline and in the drawer: ${width}, ${colorScheme}`, async ({
      page,
    }) => {
      test.slow();
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      await page.setViewportSize({ width, height });
      const desk = new Desk(page);
      await desk.open('#world=vm-3&manifest=hostport');
      await page.getByRole('button', { name: 'Apply', exact: true }).click();
      await expect(page.getByText(/1\/1/).first()).toBeVisible();
      await page.getByRole('button', { name: '+1 min' }).click();
      await page.getByRole('button', { name: 'Timeline' }).click();
      await slider(page).focus();
      await page.keyboard.press('Shift+ArrowLeft');
      await expect(page.getByRole('button', { name: 'Return to now' })).toBeVisible();
      expect(await findings(page)).toEqual([]);
      await page.getByRole('button', { name: 'Table' }).click();
      await page.getByRole('table', { name: 'Pods' }).getByRole('button').click();
      await expect(page.getByRole('dialog')).toContainText('Conditions:');
      expect(await findings(page)).toEqual([]);
    });
  }
}
