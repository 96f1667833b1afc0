import { Desk, expect, open, test } from './person';

for (const [width, height] of [
  [1440, 900],
  [360, 740],
] as const) {
  test(`a Pod that waits for a node is in sight without scrolling, ${width} pixels wide`, async ({ page }) => {
    await page.setViewportSize({ width, height });
    const desk = new Desk(page);
    await desk.open('#world=vm-3&manifest=hostport');
    await desk.applyAndPause();
    await page.getByRole('button', { name: '+10 s' }).click();
    const tabs = page.getByRole('navigation', { name: 'Parts of the playground' });
    if (width < 720) await tabs.getByRole('button', { name: 'Terminal' }).click();
    for (const name of ['b', 'c'])
      await desk.type(`sed 's/name: nginx-hostport/name: ${name}/' hostport.yaml | kubectl apply -f -`);
    await page.getByRole('button', { name: '+10 s' }).click();
    if (width < 720) await tabs.getByRole('button', { name: 'Cluster' }).click();
    const waiting = page.getByRole('list', { name: 'On no node' }).getByRole('listitem').filter({ hasText: 'c' });
    await expect(waiting).toContainText('Pending · waits for a node');
    await expect(waiting).toBeInViewport({ ratio: 1 });
    await waiting.getByRole('button', { name: 'Why?' }).click();
    await expect(page.getByRole('list', { name: 'Who let it pass' })).toContainText("didn't have free ports");
  });
}

for (const path of ['/', '/lessons/l02/', '/play/', '/check/', '/about/real/', '/404.html'])
  test(`${path} fits a page of 1280 pixels that is read at 400 %`, async ({ page }) => {
    await page.setViewportSize({ width: 320, height: 256 });
    await page.goto(path);
    await page.waitForLoadState('networkidle');
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320);
  });

test('a phone, too, is told that this is simulated', async ({ page }) => {
  await page.setViewportSize({ width: 360, height: 740 });
  await page.goto('/play/');
  const badge = page.getByRole('link', { name: 'simulated · Kubernetes 1.36 · what is real?' });
  await expect(badge).toBeInViewport({ ratio: 1 });
  await expect(badge).toHaveAttribute('href', /\/about\/real\/$/);
});

test('a menu goes when something else is touched, or when Tab leaves it', async ({ page }) => {
  const desk = new Desk(page);
  await desk.open('#world=vm-3&manifest=hostport');
  const summary = page.getByText('Trouble', { exact: true });
  const entry = page.getByRole('button', { name: /Its kubelet stops/ });
  await summary.click();
  await expect(entry).toBeVisible();
  await desk.prompt.click();
  await expect(entry).toBeHidden();
  await summary.click();
  await page.keyboard.press('Shift+Tab');
  await expect(entry).toBeHidden();
});

test('a button that cannot be pressed does not look like the one to press', async ({ page }) => {
  const desk = new Desk(page);
  await desk.open('#world=vm-3&manifest=hostport');
  const apply = page.getByRole('button', { name: 'Apply' });
  const ground = () => apply.evaluate((button) => getComputedStyle(button).backgroundColor);
  const ready = await ground();
  await desk.applyAndPause();
  await page.getByRole('button', { name: '+10 s' }).click();
  // A jump ends in the present, wherever one looked meanwhile.
  await expect(page.getByLabel('Time since the start')).toHaveText(/^00:00:[1-9]/);
  await page.getByRole('slider', { name: 'Look back in time' }).press('ArrowLeft');
  await expect(page.getByText(/^You are looking at /)).toBeVisible();
  await expect(apply).toBeDisabled();
  expect(await ground()).not.toBe(ready);
});

test('a lesson ends with ways on, and a wrong address with the truth', async ({ page }) => {
  await open(page, '/lessons/l02/');
  const onward = page.getByRole('navigation', { name: 'On from here' });
  await expect(onward.getByRole('link', { name: 'All lessons' })).toHaveAttribute('href', /\/lessons\/$/);
  await expect(onward.getByRole('link', { name: /cluster of your own/ })).toHaveAttribute('href', /\/play\/$/);
  await page.goto('/404.html');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('No page at this address');
});

test('the check says, before anything is pasted, that nothing leaves the page and what it is tried on', async ({
  page,
}) => {
  await open(page, '/check/');
  await expect(page.getByText('Nothing you paste leaves this page.')).toBeVisible();
  await expect(page.getByText('It is tried on lab-4: A control plane and three workers')).toBeVisible();
});
