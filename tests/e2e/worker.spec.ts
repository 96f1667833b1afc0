import { Desk, expect, test } from './person';

/** Every turn sorts a great deal: all the turns that it may take without time passing last longer than anybody waits. */
const loop = 'while true; do seq 1 300000 | sort | tail -1; done';

test('a script that loops for ever blocks nothing, and is stopped with Ctrl+C', async ({ page }) => {
  const desk = new Desk(page);
  await desk.open('#world=one-node-cce&manifest=nginx-deployment');
  await desk.applyAndPause();
  await page.getByRole('button', { name: '+1 min' }).click();
  await expect(page.getByLabel('Time since the start')).toHaveText(/^00:01:/);
  const clock = await page.getByLabel('Time since the start').textContent();
  await desk.prompt.fill('while true; do :; done');
  await desk.prompt.press('Enter');
  await expect(desk.last()).toContainText('commands ran without any time passing');

  await desk.prompt.fill(loop);
  await desk.prompt.press('Enter');
  await expect(page.getByText('The cluster is at work …')).toBeVisible();
  // The page goes on: another view opens, text can be typed.
  await page.getByRole('button', { name: 'Table' }).click();
  await expect(page.getByRole('table', { name: 'Pods' })).toContainText('Running');
  await desk.prompt.fill('kubectl get pods');
  await desk.prompt.press('Control+c');
  await expect(page.locator('.banner')).toContainText('Stopped: “while true');
  await expect(desk.last()).toContainText('^C');
  await expect(desk.last()).toContainText('stopped together with the engine');
  // Nothing that was typed is lost, and the cluster stands where it stood.
  await expect(desk.prompt).toHaveValue('kubectl get pods');
  await expect(page.getByLabel('Time since the start')).toHaveText(clock ?? '');
  await desk.prompt.press('Enter');
  await expect(desk.last()).toContainText(/1\/1\s+Running/);
});

test('an engine that breaks down is made anew from what was done', async ({ page }) => {
  const desk = new Desk(page);
  await desk.open('#world=one-node-cce&manifest=nginx-deployment');
  await desk.applyAndPause();
  await page.getByRole('button', { name: '+1 min' }).click();
  await expect(page.getByRole('button', { name: /1\/1 ready/ })).toBeVisible();
  const engine = page.workers().find((worker) => worker.url().includes('engine'));
  await engine?.evaluate(() => close());
  await page.getByRole('button', { name: '+10 s' }).click();
  await page.getByRole('button', { name: 'Stop', exact: true }).click();
  await expect(page.locator('.banner')).toContainText('Stopped: “+00:00:10”');
  await page.getByRole('button', { name: '+10 s' }).click();
  await expect(page.getByLabel('Time since the start')).toHaveText(/^00:01:1/);
  await expect(page.getByRole('button', { name: /1\/1 ready/ })).toBeVisible();
});

test('where the browser has no workers the cluster runs in the page', async ({ page }) => {
  await page.addInitScript(() => Reflect.deleteProperty(globalThis, 'Worker'));
  const desk = new Desk(page);
  await desk.open('#world=one-node-cce&manifest=nginx-deployment');
  await desk.applyAndPause();
  await page.getByRole('button', { name: '+1 min' }).click();
  await expect(page.getByRole('button', { name: /1\/1 ready/ })).toBeVisible();
});

test('the cluster is there without a network, once it was', async ({ page, context }) => {
  const desk = new Desk(page);
  await desk.open('#world=one-node-cce&manifest=nginx-deployment');
  await desk.type('kubectl get nodes');
  await expect(desk.last()).toContainText('Ready');
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
  await page.evaluate(async () => {
    const registration = await navigator.serviceWorker.ready;
    registration.active?.postMessage('store-the-rest');
    const engine = performance.getEntriesByType('resource').some((entry) => entry.name.includes('engine-worker'));
    if (!engine) throw new Error('no engine worker was fetched');
    for (;;) {
      const names = await caches.keys();
      const stores = await Promise.all(names.map((name) => caches.open(name)));
      const keys = (await Promise.all(stores.map((store) => store.keys()))).flat().map((request) => request.url);
      if (keys.some((url) => url.includes('engine-worker')) && keys.some((url) => url.includes('monaco.'))) return;
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
  });
  await context.setOffline(true);
  await page.reload();
  await expect(page.locator('astro-island[ssr]:not([client=visible])')).toHaveCount(0);
  await desk.type('kubectl get nodes');
  await expect(desk.last()).toContainText('Ready');
});
