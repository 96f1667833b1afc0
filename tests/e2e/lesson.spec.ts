import { expect, test } from './person';

test('a prediction is committed before the evidence is shown', async ({ page }) => {
  await page.goto('/lessons/l02/');
  const card = page.locator('.card').first();
  await card.getByText('Commit, then look').click();
  await expect(card.getByText('Choose an answer first.')).toBeVisible();
  await card.getByRole('radio').nth(1).check();
  await card.getByText('Commit, then look').click();
  await expect(card.getByText('As you said.')).toBeVisible();
  await expect(card.locator('.transcript')).toContainText('192.168.189.202');

  const stage = page.locator('#step-1 .stage');
  await expect(stage.locator('.picture')).toBeHidden();
  await expect(stage.getByText('Predict first.')).toBeVisible();
  const second = page.locator('#step-1 .card').nth(1);
  await second.getByRole('radio').first().check();
  await second.getByText('Commit, then look').click();
  await expect(stage.locator('.picture')).toBeVisible();
});

test('the exercise comes alive when it is reached, and its goals turn to done', async ({ page }) => {
  await page.goto('/lessons/l02/');
  const scripts = await page.evaluate(
    () => performance.getEntriesByType('resource').filter((entry) => entry.name.endsWith('.js')).length,
  );
  expect(scripts).toBeLessThan(8);
  const exercise = page.locator('#exercise');
  await exercise.scrollIntoViewIfNeeded();
  const goals = exercise.getByRole('region', { name: 'Goals' });
  await expect(goals).toBeVisible();
  await exercise
    .getByLabel('Command')
    .fill("printf '    ports: [{containerPort: 8086}]\\n' >> influxdb.yaml; kubectl apply -f influxdb.yaml; sleep 30");
  await exercise.getByLabel('Command').press('Enter');
  await expect(goals.getByText('(done)')).toHaveCount(4);
});
