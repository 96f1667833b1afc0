import { Desk, expect, test } from './person';

test('a second replica on the node’s network crashes, and the clock shows how often', async ({ page }) => {
  const desk = new Desk(page);
  await desk.open('#world=one-node-cce&manifest=nginx-deployment');
  await desk.applyAndPause();
  await expect(desk.last()).toContainText('deployment.apps/nginx created');
  await page.getByRole('button', { name: '+1 min' }).click();

  await desk.type('kubectl get pod -owide');
  await expect(desk.last()).toContainText(/nginx-\w+-\w{5}\s+1\/1\s+Running\s+0\s+\w+\s+10\.1\.0\.55\s+10\.1\.0\.55/);

  await desk.type('kubectl scale deployment nginx --replicas=2');
  await expect(desk.last()).toContainText('deployment.apps/nginx scaled');
  await page.getByRole('button', { name: '+44 min' }).click();
  await expect(page.getByLabel('Time since the start')).toHaveText(/^00:45:/);
  await expect(page.getByText(/events, the latest: .* (BackOff|Pulled|Started) nginx-/)).toBeVisible();

  await desk.type('kubectl get deploy');
  await expect(desk.last()).toContainText(/nginx\s+1\/2\s+2\s+1/);
  await desk.type('kubectl get pod');
  await expect(desk.last()).toContainText(/0\/1\s+(CrashLoopBackOff|Error)\s+13 \(/);
  await expect(page.getByRole('button', { name: /0\/1 ready, 13 restarts/ })).toBeVisible();

  await page.getByRole('button', { name: 'Undo' }).click();
  await page.getByRole('button', { name: 'Undo' }).click();
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(page.getByLabel('Time since the start')).toHaveText(/^00:01:/);
  await page.getByRole('button', { name: 'Redo' }).click();
  await page.getByRole('button', { name: 'Redo' }).click();
  await expect(page.getByLabel('Time since the start')).toHaveText(/^00:45:/);
});

test('the same story with the keyboard alone', async ({ page }) => {
  const desk = new Desk(page);
  await desk.open('#world=one-node-cce&manifest=nginx-deployment');
  await expect(page.locator('.editor[data-stage="full"]')).toBeVisible();
  await page.keyboard.press('Tab');
  await desk.reach('Apply');
  await page.keyboard.press('Enter');
  await expect(desk.last()).toContainText('created');
  await desk.typeByKeys('kubectl scale deploy nginx --replicas=2');
  await expect(desk.last()).toContainText('scaled');
  await desk.reach('+44 min');
  await page.keyboard.press('Space');
  await expect(page.getByLabel('Time since the start')).toHaveText(/^00:44:/);
  await expect(page.getByRole('button', { name: /0\/1 ready, 13 restarts/ })).toBeVisible();
});

test('an applied manifest comes alive by itself, and a jump ends in stillness', async ({ page }) => {
  const desk = new Desk(page);
  await desk.open('#world=one-node-cce&manifest=nginx-deployment');
  await page.getByRole('button', { name: 'Apply' }).click();
  await expect(page.getByRole('button', { name: 'Pause' })).toBeVisible();
  await expect(page.getByRole('button', { name: /1\/1 ready/ })).toBeVisible();
  await page.getByRole('button', { name: 'Next event' }).click();
  await expect(page.getByRole('button', { name: 'Let time run' })).toBeVisible();
  // Done one after the other: with the answer to a command, the jump before it is over.
  await desk.type('kubectl get pod');
  await expect(desk.last()).toContainText('Running');
  const clock = await page.getByLabel('Time since the start').textContent();
  await desk.type('kubectl get nodes');
  await expect(desk.last()).toContainText('Ready');
  await expect(page.getByLabel('Time since the start')).toHaveText(clock ?? '');
});

test('whoever asks for less motion is shown the end state at once', async ({ page }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  const desk = new Desk(page);
  await desk.open('#world=one-node-cce&manifest=nginx-deployment');
  await page.getByRole('button', { name: 'Apply' }).click();
  await expect(page.getByText('Moved on until nothing changed.')).toBeVisible();
  await expect(page.getByRole('button', { name: /1\/1 ready/ })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Let time run' })).toBeVisible();
});

test('a refused manifest moves no clock', async ({ page }) => {
  const desk = new Desk(page);
  await desk.open('#file=wrong.yaml&text=kind%3A%20Pod');
  await page.getByRole('button', { name: 'Apply' }).click();
  await expect(desk.last()).toContainText('exit code 1');
  await expect(page.getByRole('button', { name: 'Let time run' })).toBeVisible();
});
