import { Desk, expect, test } from './person';

test('paper has every manifest, all tables and what was typed, and no panes', async ({ page }) => {
  const desk = new Desk(page);
  await desk.open('#world=vm-3&manifest=hostport');
  await desk.applyAndPause();
  await page.getByRole('button', { name: '+10 s' }).click();
  await desk.type('kubectl get pods');
  await page.emulateMedia({ media: 'print' });
  await page.evaluate(() => dispatchEvent(new Event('beforeprint')));
  const sheet = page.locator('.print-sheet');
  await expect(sheet.locator('pre.code')).toContainText('hostPort: 8080');
  await expect(sheet.getByRole('table', { name: 'Pods' })).toContainText('nginx-hostport');
  await expect(sheet.getByRole('table', { name: 'Forwarding rules' })).toContainText('8080/TCP');
  await expect(sheet).toContainText('client$ kubectl apply -f hostport.yaml');
  await expect(page.locator('.pane').first()).toBeHidden();
  await expect(page.locator('.time')).toBeHidden();
  await page.evaluate(() => dispatchEvent(new Event('afterprint')));
  await page.emulateMedia({ media: 'screen' });
  await expect(sheet).toHaveCount(0);
  await expect(page.locator('.pane').first()).toBeVisible();
});
