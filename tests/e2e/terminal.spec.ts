import { Desk, expect, test } from './person';

test('Tab completes commands and names, and Ctrl+C breaks a line off', async ({ page }) => {
  const desk = new Desk(page);
  await desk.open('#world=vm-3&manifest=hostport');
  await desk.prompt.fill('kubectl desc');
  await desk.prompt.press('Tab');
  await expect(desk.prompt).toHaveValue('kubectl describe ');
  await desk.prompt.pressSequentially('node no');
  await desk.prompt.press('Tab');
  await expect(desk.prompt).toHaveValue('kubectl describe node node');
  await desk.prompt.press('Tab');
  await expect(page.getByText('node1  node2')).toBeVisible();
  await desk.prompt.press('Tab');
  await expect(desk.prompt).not.toBeFocused();
  await desk.prompt.press('Control+c');
  await expect(desk.prompt).toHaveValue('');
});
