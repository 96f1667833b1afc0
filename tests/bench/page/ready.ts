import type { Browser } from 'playwright';
import { sorted } from './desk';

/** What the first seconds of visits took, sorted. */
export interface Ready {
  /** Milliseconds from the navigation until the full editor shows its text, by the clock on the wall. */
  readonly wall: readonly number[];
  /** Milliseconds of the page's thread until then, by its own clock. */
  readonly work: readonly number[];
  /** Milliseconds until the text and the static picture stand there. */
  readonly painted: readonly number[];
}

/** First visits, each without anything stored. The first of them is not counted: it warms the server. */
export async function ready(browser: Browser, address: string, count: number, rate: number): Promise<Ready> {
  const found = { wall: [] as number[], work: [] as number[], painted: [] as number[] };
  for (let i = 0; i <= count; i++) {
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, serviceWorkers: 'block' });
    const page = await context.newPage();
    const session = await context.newCDPSession(page);
    await session.send('Performance.enable', { timeDomain: 'threadTicks' });
    await session.send('Emulation.setCPUThrottlingRate', { rate });
    await page.addInitScript(() => {
      const timer = setInterval(() => {
        if (!document.querySelector('.editor[data-stage=full] .view-line')) return;
        clearInterval(timer);
        performance.mark('ready');
      }, 5);
    });
    await page.goto(address, { waitUntil: 'commit' });
    await page.waitForFunction(() => performance.getEntriesByName('ready').length > 0);
    const { metrics } = await session.send('Performance.getMetrics');
    const [wall, painted] = await page.evaluate(() =>
      ['ready', 'first-contentful-paint'].map((name) => performance.getEntriesByName(name)[0]?.startTime ?? NaN),
    );
    if (i > 0) {
      found.wall.push(wall ?? NaN);
      found.painted.push(painted ?? NaN);
      found.work.push(1000 * (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? NaN));
    }
    await context.close();
  }
  return { wall: sorted(found.wall), work: sorted(found.work), painted: sorted(found.painted) };
}
