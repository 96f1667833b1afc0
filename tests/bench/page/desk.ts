import type { Browser, Page } from 'playwright';

/** A playground in a browser of its own memory: nothing is left of the visit before. */
export async function desk(browser: Browser, address: string): Promise<Page> {
  const context = await browser.newContext({
    viewport: { width: 1440, height: 900 },
    permissions: ['clipboard-read', 'clipboard-write'],
    serviceWorkers: 'block',
  });
  const page = await context.newPage();
  await page.goto(address);
  await page.locator('.editor[data-stage=full] .view-line').first().waitFor();
  return page;
}

/** From now on the page's processor is slower by this factor. */
export async function slowDown(page: Page, rate: number): Promise<void> {
  const session = await page.context().newCDPSession(page);
  await session.send('Emulation.setCPUThrottlingRate', { rate });
}

/** The numbers of a row, sorted as tests/bench/measure.ts wants them. */
export function sorted(values: readonly number[]): number[] {
  return values.toSorted((a, b) => a - b);
}
