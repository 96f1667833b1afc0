import { Desk, expect, test } from './person';

test('a hundred nodes with a thousand Pods can be looked through', async ({ page }) => {
  test.setTimeout(180_000);
  const desk = new Desk(page);
  await desk.open('#world=lab-4&manifest=hostport');
  await page.getByRole('button', { name: 'Change …' }).click();
  const dialog = page.getByRole('dialog', { name: 'The cluster to play in' });
  await dialog.getByLabel('Number of nodes').fill('100');
  await dialog.getByLabel('Number of nodes').blur();
  await expect(dialog.getByLabel('Name 100')).toHaveValue('w99');
  await dialog.getByRole('button', { name: 'Start this cluster' }).click();
  await expect(dialog).toBeHidden();
  await desk.type('kubectl create deployment web --image=nginx:alpine --replicas=1000');
  await page.getByRole('button', { name: '+1 min' }).click();
  await expect(page.getByLabel('Time since the start')).toHaveText(/^00:01/, { timeout: 60_000 });
  await expect(page.getByText('100 nodes, 1000 Pods')).toBeAttached({ timeout: 60_000 });
  await expect(page.locator('.plot')).toHaveCount(100);
  // Houses out of sight are outlines that say what is in them; one that is scrolled to is drawn.
  expect(await page.locator('.picture .room').count()).toBeLessThan(400);
  const last = page.locator('.plot').last();
  await expect(last.getByRole('img')).toHaveAccessibleName(/w99/);
  await last.scrollIntoViewIfNeeded();
  await expect(last.locator('.room')).not.toHaveCount(0);
  await expect(last.getByRole('group')).toHaveAccessibleName(/w99/);

  await page.getByRole('button', { name: 'Table' }).click();
  const pods = page.getByRole('table', { name: 'Pods' });
  await expect(pods).toHaveAttribute('aria-rowcount', '1001');
  // Only what is near the window stands in the page, and what one scrolls to.
  expect(await pods.getByRole('row').count()).toBeLessThan(260);
  await pods.locator('tbody').last().scrollIntoViewIfNeeded();
  await expect(pods.locator('tr[aria-rowindex="1001"]')).toBeVisible();
  await pods.locator('tr[aria-rowindex="1001"]').getByRole('button').click();
  await expect(page.getByRole('dialog')).toContainText('Conditions:');
});
