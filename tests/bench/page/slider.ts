import type { Browser, Page } from 'playwright';
import { desk, slowDown } from './desk';
import { pageThread, tasks, traced } from './trace';

/** What one drag over 44 virtual minutes shows. */
export interface Drag {
  /** Frames of the page in a second, while the slider is at another place in each. */
  readonly perSecond: number;
  /** How many different moments of the cluster were painted in a second. */
  readonly moments: number;
  /** Milliseconds of the page's thread for a frame, by its own clock: below 33.3 there is time for 30 in a second. */
  readonly cost: number;
}

const frames = 120;

/** S0 with two replicas and 44 minutes, and the slider dragged over all of it, there and back. */
export async function slider(browser: Browser, address: string, rate: number): Promise<Drag> {
  const page = await desk(browser, `${address}#world=one-node-cce&manifest=nginx-deployment`);
  await page.getByRole('button', { name: 'Apply', exact: true }).click();
  await page.getByRole('button', { name: 'Pause' }).click();
  await page.getByRole('button', { name: '+1 min', exact: true }).click();
  await page.getByLabel('Command', { exact: true }).fill('kubectl scale deployment nginx --replicas=2');
  await page.getByLabel('Command', { exact: true }).press('Enter');
  await page.getByRole('button', { name: '+44 min', exact: true }).click();
  await page
    .getByLabel('Time since the start')
    .getByText(/^00:45:/)
    .waitFor();
  await page.waitForTimeout(1_000);
  await drag(page);
  await slowDown(page, rate);
  let told = { milliseconds: 1, moments: 0 };
  const events = await traced(page, async () => (told = await drag(page)));
  const thread = pageThread(events, ({ name, args }) => name === 'EventDispatch' && args.data?.type === 'input');
  await page.context().close();
  return {
    perSecond: (frames * 1000) / told.milliseconds,
    moments: (told.moments * 1000) / told.milliseconds,
    cost: tasks(thread).reduce((total, one) => total + one, 0) / frames,
  };
}

function drag(page: Page): Promise<{ milliseconds: number; moments: number }> {
  return page.getByRole('slider', { name: 'Look back in time' }).evaluate(async (element, count) => {
    if (!(element instanceof HTMLInputElement)) throw new Error('the slider is another element');
    const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
    const end = Number(element.max);
    const seen = new Set<string>();
    const began = performance.now();
    for (let i = 0; i < count; i++) {
      element.valueAsNumber = Math.round(end * Math.abs(1 - (2 * i) / count));
      element.dispatchEvent(new Event('input', { bubbles: true }));
      await frame();
      seen.add(document.querySelector('.pane.cluster')?.innerHTML ?? '');
    }
    return { milliseconds: performance.now() - began, moments: seen.size };
  }, frames);
}
