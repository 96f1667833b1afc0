import { Desk, expect, test } from './person';

test('a watch prints while time runs, beside what is applied, and Ctrl+C ends it', async ({ page }) => {
  const desk = new Desk(page);
  await desk.open('#world=one-node-cce&manifest=nginx-deployment');
  await desk.prompt.fill('kubectl get pods -w');
  await desk.prompt.press('Enter');
  const watch = desk.log.getByRole('listitem').filter({ hasText: 'kubectl get pods -w' });
  await expect(watch).toContainText('running …');
  await expect(page.getByRole('button', { name: 'Pause' })).toBeVisible();
  await page.getByRole('button', { name: 'Apply', exact: true }).click();
  await expect(watch).toContainText(/0\/1\s+Pending/);
  await expect(watch).toContainText(/1\/1\s+Running/);
  await desk.prompt.press('Control+c');
  await expect(watch).toContainText('^C');
  await expect(watch).toContainText('exit code 130');
  await expect(watch).not.toContainText('running …');
  await desk.type('kubectl get pods');
  await expect(desk.last()).toContainText(/1\/1\s+Running/);
});

test('a clock that runs for a command stands still when it ends, and a jump carries it along', async ({ page }) => {
  const desk = new Desk(page);
  await desk.open('#world=one-node-cce&manifest=nginx-deployment');
  await desk.prompt.fill('sleep 2; echo slept');
  await desk.prompt.press('Enter');
  await expect(desk.last()).toContainText('slept');
  await expect(page.getByRole('button', { name: 'Let time run' })).toBeVisible();
  await expect(page.getByLabel('Time since the start')).toHaveText('00:00:02');
  await desk.prompt.fill('sleep 44m; echo rested');
  await desk.prompt.press('Enter');
  await expect(page.getByRole('button', { name: 'Pause' })).toBeVisible();
  await page.getByRole('button', { name: '+44 min' }).click();
  await expect(desk.log).toContainText('rested');
});

test('rollout status, wait and logs -f stream, at several places at once', async ({ page }) => {
  const desk = new Desk(page);
  await desk.open('#world=vm-3&manifest=hostport');
  await desk.type('kubectl create deployment web --image=nginx:alpine --replicas=2');
  await desk.prompt.fill('kubectl rollout status deployment/web');
  await desk.prompt.press('Enter');
  const status = desk.log.getByRole('listitem').filter({ hasText: 'rollout status' });
  await expect(status).toContainText('Waiting for deployment "web" rollout to finish: 0 of 2 updated replicas');
  await page.getByLabel('Terminal at').selectOption('node1');
  await desk.prompt.fill('ping -c 2 192.168.189.202');
  await desk.prompt.press('Enter');
  await expect(status).toContainText('deployment "web" successfully rolled out');
  await expect(desk.log).toContainText('2 packets transmitted, 2 received');
  await page.getByLabel('Terminal at').selectOption('client');
  await desk.prompt.fill('kubectl logs -f deploy/web');
  await desk.prompt.press('Enter');
  await expect(desk.last()).toContainText('start worker process');
  await page.getByRole('button', { name: 'Stop (Ctrl+C)' }).click();
  await expect(desk.last()).toContainText('exit code 130');
});

test('kubectl edit opens the editor, and saving it changes the object', async ({ page }) => {
  const desk = new Desk(page);
  await desk.open('#world=vm-3&manifest=hostport');
  await desk.type('kubectl create deployment web --image=nginx:alpine');
  await desk.prompt.fill('kubectl edit deployment web');
  await desk.prompt.press('Enter');
  const task = page.getByRole('group', { name: /kubectl edit waits for/ });
  await expect(task).toBeVisible();
  await expect(page.getByRole('group', { name: 'Open files' }).getByText('kubectl-edit-client.yaml')).toBeVisible();
  await task.getByRole('button', { name: 'Close without saving' }).click();
  await expect(desk.last()).toContainText('Edit cancelled, no changes made.');

  await desk.prompt.fill('kubectl edit deployment web');
  await desk.prompt.press('Enter');
  await expect(page.locator('.editor[data-stage="full"]')).toBeVisible();
  await expect(page.locator('.view-line', { hasText: 'Please edit the object below' })).toBeVisible();
  await page.locator('.editor .view-line', { hasText: 'replicas: 1' }).click();
  await page.keyboard.press('End');
  await page.keyboard.press('Backspace');
  await page.keyboard.type('3');
  await task.getByRole('button', { name: 'Save and close' }).click();
  await expect(desk.last()).toContainText('deployment.apps/web edited');
  await expect(page.getByRole('group', { name: 'Open files' }).getByText('kubectl-edit-client.yaml')).toHaveCount(0);
  await desk.type('kubectl get deploy web');
  await expect(desk.last()).toContainText(/web\s+\d\/3/);
});

test('Tab completes flags, formats and fields', async ({ page }) => {
  const desk = new Desk(page);
  await desk.open('#world=vm-3&manifest=hostport');
  const tab = async (typed: string, completed: string) => {
    await desk.prompt.fill(typed);
    await desk.prompt.press('Tab');
    await expect(desk.prompt).toHaveValue(completed);
  };
  await tab('kubectl get pods --fie', 'kubectl get pods --field-selector=');
  await tab('kubectl get pods -o cus', 'kubectl get pods -o custom-columns=');
  await tab('kubectl explain pod.sp', 'kubectl explain pod.spec.');
  await desk.prompt.pressSequentially('hostN');
  await desk.prompt.press('Tab');
  await expect(desk.prompt).toHaveValue('kubectl explain pod.spec.hostNetwork ');
  await desk.prompt.press('Enter');
  await expect(desk.last()).toContainText('FIELD: hostNetwork <boolean>');
});
