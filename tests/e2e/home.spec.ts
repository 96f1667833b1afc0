import { expect, test } from './person';

test('one click on the home page moves the Pod’s address and its door', async ({ page }) => {
  await page.goto('/');
  const facts = page.locator('.facts:visible');
  await expect(facts).toContainText('10.244.');
  await page.getByRole('radio', { name: 'hostNetwork: true' }).check({ force: true });
  await expect(facts.getByRole('row', { name: /Pod IP/ })).toContainText('192.168.189.20');
  await expect(facts).toContainText('0.0.0.0:80');
  await page.getByRole('radio', { name: 'hostPort: 8080' }).check({ force: true });
  await expect(facts).toContainText('answers, forwarded to the Pod');
});

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });

  test('the home page, the lesson and the hand-out can be read', async ({ page }) => {
    await page.goto('/');
    await page.getByRole('radio', { name: 'hostNetwork: true' }).check({ force: true });
    await expect(page.locator('.facts:visible')).toContainText('192.168.189.20');
    await page.goto('/lessons/l02/');
    await page.getByText('Commit, then look').first().click();
    await expect(page.getByText('That is the first proof').first()).toBeVisible();
    await page.goto('/handouts/l02/');
    await expect(page.getByText('Figure 1')).toBeVisible();
    await page.goto('/play/');
    await expect(page.getByText('The playground needs JavaScript')).toBeVisible();
  });
});
