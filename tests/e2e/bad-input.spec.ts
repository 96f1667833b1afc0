import { Desk, expect, test } from './person';

/** A list of so many ConfigMaps that it has about as many bytes as are asked for. */
function manifestOf(bytes: number): Buffer {
  const one = (i: number) =>
    `---\napiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: c${i}\ndata:\n  text: ${'x'.repeat(900)}\n`;
  const count = Math.floor(bytes / one(10_000).length);
  return Buffer.from(Array.from({ length: count }, (_, i) => one(i)).join(''));
}

test('a file of almost 5 MB opens, a larger one and one that is no text are refused by name, and the page goes on', async ({
  page,
}) => {
  const desk = new Desk(page);
  await desk.open('#world=one-node-cce&manifest=nginx-deployment');
  await expect(page.locator('.editor[data-stage="full"]')).toBeVisible();
  const chooser = page.locator('.pane.edit input[type=file]');
  const yaml = 'application/yaml';
  await chooser.setInputFiles([
    { name: 'most.yaml', mimeType: yaml, buffer: manifestOf(4_900_000) },
    { name: 'more.yaml', mimeType: yaml, buffer: Buffer.alloc(5_000_001, 'a') },
    { name: 'photo.png', mimeType: 'image/png', buffer: Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 255, 254]) },
  ]);
  const alert = page.locator('.banner');
  await expect(alert).toContainText('more.yaml is larger than 5 MB and was not opened.');
  await expect(alert).toContainText('photo.png is not a text and was not opened.');
  const tabs = page.getByRole('group', { name: 'Open files' });
  await expect(tabs.getByRole('button', { name: 'most.yaml', exact: true })).toHaveAttribute('aria-pressed', 'true');
  await expect(page.locator('.monaco-editor .view-lines')).toContainText('kind: ConfigMap');
  await page.getByRole('button', { name: 'Dismiss' }).click();
  await tabs.getByRole('button', { name: 'nginx-deployment.yaml', exact: true }).click();
  await expect(page.locator('.monaco-editor .view-lines')).toContainText('kind: Deployment');
  await desk.type('kubectl get nodes');
  await expect(desk.last()).toContainText('Ready');
  await desk.type('wc -l most.yaml');
  await expect(desk.last()).toContainText(/^\S+\$ wc -l most\.yaml\s*\d{4,} most\.yaml/);
});

test('what was typed before a link was opened comes back', async ({ page }) => {
  const desk = new Desk(page);
  await desk.open();
  await expect(page.locator('.editor[data-stage="full"]')).toBeVisible();
  const lines = page.locator('.monaco-editor .view-lines');
  await lines.click();
  await page.keyboard.press('ControlOrMeta+Home');
  await page.keyboard.type('# my own\n');
  await page.waitForTimeout(600);
  await page.goto('/404.html');
  await desk.open('#world=vm-3&manifest=hostport');
  await expect(lines).toContainText('hostPort');
  await expect(page.getByText('What you had here before is kept.')).toBeVisible();
  // Whoever dismisses that finds it again under Share.
  await page.getByRole('button', { name: 'Dismiss' }).click();
  await desk.type('kubectl get nodes');
  await page.waitForTimeout(600);
  await page.getByRole('button', { name: 'Share', exact: true }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Back to my own files' }).click();
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect(lines).toContainText('# my own');
});
