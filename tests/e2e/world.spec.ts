import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import AxeBuilder from '@axe-core/playwright';
import { Desk, expect, test } from './person';

const listing = fileURLToPath(new URL('../course/import/listing.yaml', import.meta.url));

test('another cluster is made in a form, and the link to it carries it', async ({ page, browser, baseURL }) => {
  const desk = new Desk(page);
  await desk.open('#world=lab-4&manifest=hostport');
  await page.getByRole('button', { name: 'Change …' }).click();
  const dialog = page.getByRole('dialog', { name: 'The cluster to play in' });
  await dialog.getByLabel('Number of nodes').fill('5');
  await dialog.getByLabel('Number of nodes').blur();
  await expect(dialog.getByLabel('Name 5')).toHaveValue('w4');
  await dialog.getByLabel('Taints 5').fill('gpu');
  await dialog.getByLabel('Taints 5').blur();
  await expect(dialog.getByText('Like key=value:NoSchedule')).toBeVisible();
  await dialog.getByLabel('Taints 5').fill('gpu=yes:NoSchedule');
  await dialog.getByLabel('Programs that hold ports 5').fill('sshd:22 dnsmasq:53/UDP');
  await dialog.getByLabel('Pod Security of default').selectOption('baseline');
  expect((await new AxeBuilder({ page }).include('dialog.world').analyze()).violations).toEqual([]);
  await dialog.getByRole('button', { name: 'Start this cluster' }).click();
  await expect(dialog).toBeHidden();
  await desk.type('kubectl get nodes');
  await expect(desk.last()).toContainText(/w4 +Ready/);
  await desk.type('kubectl apply -f hostport.yaml');
  await expect(desk.last()).toContainText('violates PodSecurity "baseline:latest": hostPort');
  await desk.type('kubectl describe node w4 | grep Taints');
  await expect(desk.last()).toContainText('gpu=yes:NoSchedule');

  await page.getByRole('button', { name: 'Share', exact: true }).click();
  const field = page.getByLabel(/Link to all this/);
  await expect(field).toHaveValue(/#scenario=1\./);
  const link = await field.inputValue();
  const other = await browser.newPage({ baseURL });
  await other.goto(link);
  await expect(new Desk(other).last()).toContainText('gpu=yes:NoSchedule');
  await other.close();
});

test('the YAML of a world is edited as text, and a wrong one says where', async ({ page }) => {
  const desk = new Desk(page);
  await desk.open('#world=one-node-cce');
  await page.getByRole('button', { name: 'Change …' }).click();
  const dialog = page.getByRole('dialog', { name: 'The cluster to play in' });
  await dialog.getByRole('button', { name: 'YAML' }).click();
  const text = dialog.getByRole('textbox');
  const before = await text.inputValue();
  await text.fill(before.replace('internalIP: 10.1.0.55', 'internalIP: nowhere'));
  await expect(dialog.getByRole('status')).toHaveText('world.yaml is not a world: nodes.0.internalIP: an IP address');
  await expect(dialog.getByRole('button', { name: 'Start this cluster' })).toBeDisabled();
  await text.fill(before.replace(/10\.1\.0\.55/g, '10.1.0.77'));
  await dialog.getByRole('button', { name: 'Start this cluster' }).click();
  await desk.type('kubectl get nodes -o wide');
  await expect(desk.last()).toContainText('10.1.0.77');
});

test('the listing of a real cluster becomes a cluster whose ports are taken', async ({ page }) => {
  const desk = new Desk(page);
  await desk.open('#world=lab-4');
  await page.getByRole('button', { name: 'Change …' }).click();
  const dialog = page.getByRole('dialog', { name: 'The cluster to play in' });
  await dialog.locator('input[type=file]').setInputFiles(listing);
  await expect(dialog.getByLabel('Name 2', { exact: true })).toHaveValue('worker-a');
  await dialog.getByRole('button', { name: 'Start this cluster' }).click();
  await desk.type('kubectl get pods -A -o wide');
  await expect(desk.last()).toContainText(/ingress-x7k2p +1\/1 +Running/);
});

test('the picture and a script for a real cluster are taken away as files', async ({ page }) => {
  const desk = new Desk(page);
  await desk.open('#world=vm-3&manifest=hostport');
  await desk.applyAndPause();
  await page.getByRole('button', { name: '+10 s' }).click();
  await page.getByRole('button', { name: 'Share', exact: true }).click();
  const taken = async (name: string) => {
    const waiting = page.waitForEvent('download');
    await page.getByRole('button', { name }).click();
    const file = await waiting;
    return { name: file.suggestedFilename(), text: await readFile(await file.path(), 'utf8') };
  };
  const picture = await taken('Picture of the cluster (SVG)');
  expect(picture.name).toBe('cluster.svg');
  expect(picture.text).toMatch(/^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg"/);
  expect(picture.text).toContain('nginx-hostport');
  expect(picture.text).toMatch(/fill="rgb\(/);
  const script = await taken('Script for kind');
  expect(script.name).toBe('portbound-kind.sh');
  expect(script.text).toContain('kind create cluster');
  expect(script.text).toContain('kubectl apply -f hostport.yaml');
});
