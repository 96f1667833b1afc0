import type { Browser } from 'playwright';
import { desk, slowDown } from './desk';
import { pageThread, tasks, traced } from './trace';

/** One thing done to the page, and the milliseconds of its longest tasks by the thread's own clock, longest first. */
export interface Step {
  readonly title: string;
  readonly longest: readonly number[];
}

/** A cluster of 100 nodes on which 1,000 Pods are begun, looked at, scrolled through and taken down again. */
export async function crowd(browser: Browser, address: string, rate: number): Promise<Step[]> {
  const page = await desk(browser, `${address}#world=lab-4&manifest=hostport`);
  await page.getByRole('button', { name: 'Change …' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Number of nodes').fill('100');
  await dialog.getByLabel('Number of nodes').blur();
  await dialog.getByRole('button', { name: 'Start this cluster' }).click();
  await page.getByText('100 nodes').first().waitFor({ state: 'attached' });
  await page.waitForTimeout(2_000);
  await slowDown(page, rate);

  const steps: Step[] = [];
  const step = async (title: string, work: () => Promise<unknown>, rest: number) => {
    const events = await traced(page, async () => {
      await page.evaluate(() => performance.mark('begun'));
      await work();
      await page.waitForTimeout(rest * Math.sqrt(rate));
    });
    steps.push({ title, longest: tasks(pageThread(events, ({ name }) => name === 'begun')).slice(0, 3) });
  };
  const type = async (line: string) => {
    await page.getByLabel('Command', { exact: true }).fill(line);
    await page.getByLabel('Command', { exact: true }).press('Enter');
  };
  const press = (name: string) => page.getByRole('button', { name, exact: true }).click();
  const scroll = async () => {
    await page.locator('.pane.cluster .pane-body').hover();
    for (let i = 0; i < 30; i++) await page.mouse.wheel(0, 300).then(() => page.waitForTimeout(30));
  };
  const minute = async () => {
    await press('+1 min');
    await page.getByText('100 nodes, 1000 Pods').waitFor({ state: 'attached' });
  };
  await step(
    '1,000 Pods created',
    () => type('kubectl create deployment web --image=nginx:alpine --replicas=1000'),
    2_000,
  );
  await step('a minute later', minute, 1_500);
  await step('time runs, picture', () => press('Let time run'), 4_000);
  await step('picture scrolled', scroll, 500);
  await step('100 Pods taken down', () => type('kubectl scale deployment web --replicas=900'), 4_000);
  await step('to the tables', () => press('Table'), 1_000);
  await step('time runs, tables', () => Promise.resolve(), 4_000);
  await step('tables scrolled', scroll, 500);
  await step('back to the picture', () => press('Picture'), 2_000);
  await page.context().close();
  return steps;
}
