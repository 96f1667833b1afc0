import type { Browser } from 'playwright';
import { desk, slowDown, sorted } from './desk';
import { pageThread, scriptTime, traced, type TraceEvent } from './trace';

/** Milliseconds of script from Apply until the tables with the Pod of S0 are painted, sorted; each in a page of its own. */
export async function apply(browser: Browser, address: string, count: number, rate: number): Promise<number[]> {
  const found: number[] = [];
  for (let i = 0; i < count; i++) {
    const page = await desk(browser, `${address}#world=one-node-cce&manifest=nginx-deployment`);
    await page.getByRole('button', { name: 'Table', exact: true }).click();
    await page.waitForTimeout(1_500);
    await slowDown(page, rate);
    await page.evaluate(markWhenPainted);
    const events = await traced(page, async () => {
      await page.getByRole('button', { name: 'Apply', exact: true }).click();
      await page.waitForFunction(() => performance.getEntriesByName('painted').length > 0);
    });
    const isClick = ({ name, args }: TraceEvent) => name === 'EventDispatch' && args.data?.type === 'click';
    const click = events.find(isClick);
    const painted = events.find(({ name }) => name === 'painted');
    if (click && painted) found.push(scriptTime(pageThread(events, isClick), click.ts, painted.ts));
    await page.context().close();
  }
  return sorted(found);
}

/** In the page: makes a mark after the frame that shows the first row of a Pod of ours. */
function markWhenPainted(): void {
  const watcher = new MutationObserver(() => {
    if (!document.querySelector('.pane.cluster tbody')?.textContent.includes('nginx-')) return;
    watcher.disconnect();
    requestAnimationFrame(() => setTimeout(() => performance.mark('painted')));
  });
  watcher.observe(document.body, { subtree: true, childList: true, characterData: true });
}
