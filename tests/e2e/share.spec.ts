import { readFile } from 'node:fs/promises';
import { Desk, expect, open, test } from './person';

test('a link carries the files, the cluster and what was done to another reader', async ({
  page,
  browser,
  baseURL,
}) => {
  const desk = new Desk(page);
  await desk.open('#world=vm-3&manifest=hostport');
  await desk.applyAndPause();
  await page.getByRole('button', { name: '+10 s' }).click();
  await desk.type('kubectl get po -owide');
  await expect(desk.last()).toContainText('10.244.1.19');
  const clock = await page.getByLabel('Time since the start').textContent();
  await page.getByRole('button', { name: 'Share', exact: true }).click();
  const field = page.getByLabel(/Link to all this/);
  await expect(field).toHaveValue(/#scenario=1\./);
  await expect(page.getByText(/characters$/)).toBeVisible();
  const link = await field.inputValue();

  const other = await browser.newPage({ baseURL });
  await other.goto(link);
  const theirs = new Desk(other);
  await expect(theirs.last()).toContainText('10.244.1.19');
  await expect(other.getByLabel('Time since the start')).toHaveText(clock ?? '');
  await expect(other.getByLabel('Cluster', { exact: true }).first()).toBeVisible();
  await other.close();
});

test('a damaged link, and one of a later release, say so, and the page goes on', async ({ page }) => {
  const desk = new Desk(page);
  await desk.open('#scenario=1.eJyrVkrOSCxSslKqBgA');
  await expect(page.locator('.banner')).toContainText('This link is damaged');
  await page.getByRole('button', { name: 'Dismiss' }).click();
  await desk.type('kubectl get nodes');
  await expect(desk.last()).toContainText('Ready');
  await page.evaluate(() => (location.hash = '#scenario=7.abc'));
  await expect(page.locator('.banner')).toContainText('later release');
});

test('what is taken away as a file is what the page shows, and a scenario file opens again', async ({ page }) => {
  const desk = new Desk(page);
  await desk.open('#world=vm-3&manifest=hostport');
  await desk.applyAndPause();
  await desk.type('kubectl get nodes');
  await page.getByRole('button', { name: 'Share', exact: true }).click();
  const taken = async (name: string | RegExp) => {
    const waiting = page.waitForEvent('download');
    await page.getByRole('button', { name }).click();
    const file = await waiting;
    return { name: file.suggestedFilename(), path: await file.path() };
  };
  const manifest = await taken('Manifest hostport.yaml');
  expect(manifest.name).toBe('hostport.yaml');
  expect(await readFile(manifest.path, 'utf8')).toContain('hostPort: 8080');
  const terminal = await taken('Terminal as text');
  expect(await readFile(terminal.path, 'utf8')).toContain(
    'client$ kubectl apply -f hostport.yaml\npod/nginx-hostport created',
  );
  const scenario = await taken(/^Scenario file/);
  const text = await readFile(scenario.path, 'utf8');

  await open(page, '/play/?again');
  await page.getByRole('button', { name: 'Share', exact: true }).click();
  await page
    .locator('dialog input[type=file]')
    .setInputFiles({ name: 'scenario.json', mimeType: 'application/json', buffer: Buffer.from(text) });
  await expect(desk.last()).toContainText('k8smaster');
});

test('files are opened, named, dropped, closed and seen by the command line', async ({ page }) => {
  const desk = new Desk(page);
  await desk.open();
  await expect(page.locator('.editor[data-stage="full"]')).toBeVisible();
  const tabs = page.getByRole('group', { name: 'Open files' });
  await page.getByRole('button', { name: 'New file' }).click();
  await tabs.getByLabel('File name').fill('two words');
  await tabs.getByLabel('File name').press('Enter');
  await expect(page.locator('.banner')).toContainText('letters, digits');
  await page.getByRole('button', { name: 'Rename manifest.yaml' }).click();
  await tabs.getByLabel('File name').fill('ns.yaml');
  await tabs.getByLabel('File name').press('Enter');
  await expect(tabs.getByRole('button', { name: 'ns.yaml', exact: true })).toHaveAttribute('aria-pressed', 'true');
  await page.locator('.monaco-editor .view-lines').click();
  await page.keyboard.type('apiVersion: v1\nkind: Namespace\nmetadata: {name: a}');
  await desk.type('kubectl apply -f ns.yaml');
  await expect(desk.last()).toContainText('namespace/a created');

  const dropped = await page.evaluateHandle(() => {
    const data = new DataTransfer();
    data.items.add(new File(['kind: Pod\n'], 'dropped.yaml'));
    data.items.add(new File([new Uint8Array([255, 0, 1])], 'photo.png'));
    return data;
  });
  await page.locator('.pane.edit .editor').dispatchEvent('drop', { dataTransfer: dropped });
  await expect(tabs.getByRole('button', { name: 'dropped.yaml', exact: true })).toBeVisible();
  await expect(page.locator('.banner')).toContainText('photo.png is not a text');
  await page.getByRole('button', { name: 'Close dropped.yaml' }).click();
  await expect(tabs.getByRole('button', { name: 'dropped.yaml', exact: true })).toHaveCount(0);
});

test('nothing typed is lost by a reload, and what was done can be done again', async ({ page }) => {
  const desk = new Desk(page);
  await desk.open();
  await expect(page.locator('.editor[data-stage="full"]')).toBeVisible();
  await page.locator('.monaco-editor .view-lines').click();
  await page.keyboard.press('ControlOrMeta+Home');
  await page.keyboard.type('# mine');
  await page.keyboard.press('Enter');
  await desk.type('kubectl get nodes');
  await page.waitForTimeout(600);
  await open(page, '/play/?reload');
  await expect(page.locator('.monaco-editor .view-line').first()).toHaveText('# mine');
  await page.getByRole('button', { name: /Do again what you did \(1 command\)/ }).click();
  await expect(desk.last()).toContainText('Ready');
});

test('where the browser allows no storage, that is said, and the page goes on', async ({ page }) => {
  await page.addInitScript(() => {
    Object.defineProperty(Storage.prototype, 'setItem', {
      value: () => {
        throw new DOMException('full', 'QuotaExceededError');
      },
    });
  });
  const desk = new Desk(page);
  await desk.open();
  await desk.type('kubectl get nodes');
  await expect(page.locator('.banner')).toContainText('no room left to keep your draft');
  await desk.type('kubectl get pods');
  await expect(desk.last()).toContainText('No resources found');
});
