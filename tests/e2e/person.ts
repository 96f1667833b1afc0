import { test as base, expect, type Locator, type Page } from '@playwright/test';

/** What a page must never do; looked at after every test. */
interface Trespasses {
  readonly trespasses: string[];
}

/**
 * A browser page that is watched: a message on the console's error channel, an exception, a breach of the content
 * security policy or a request to another host fails the test.
 */
export const test = base.extend<Trespasses>({
  trespasses: [
    async ({ page, baseURL }, use) => {
      const seen: string[] = [];
      page.on('console', (message) => {
        if (message.type() === 'error') seen.push(`console: ${message.text()}`);
      });
      page.on('pageerror', (error) => seen.push(`exception: ${error.message}`));
      page.on('request', (request) => {
        const url = new URL(request.url());
        if (url.protocol.startsWith('http') && url.origin !== baseURL) seen.push(`other host: ${url.href}`);
      });
      await page.addInitScript(() => {
        addEventListener('securitypolicyviolation', (event) => {
          console.error(`policy: ${event.violatedDirective} ${event.blockedURI} ${event.sample}`);
        });
      });
      await use(seen);
      expect(seen).toEqual([]);
    },
    { auto: true },
  ],
});

export { expect };

/** Goes to a page, and waits until what is visible of it is alive. */
export async function open(page: Page, path: string): Promise<void> {
  await page.goto(path);
  await expect(page.locator('astro-island[ssr]:not([client=visible])')).toHaveCount(0);
}

/** The playground, as a person meets it. */
export class Desk {
  readonly log;
  readonly prompt;

  constructor(readonly page: Page) {
    this.log = page.getByRole('log');
    this.prompt = page.getByLabel('Command');
  }

  async open(fragment = ''): Promise<void> {
    await open(this.page, `/play/${fragment}`);
  }

  /** Types a line, and waits until its answer is there. */
  async type(line: string): Promise<void> {
    const before = await this.entries().count();
    await this.prompt.fill(line);
    await this.prompt.press('Enter');
    await expect
      .poll(async () => {
        const typed = await this.entries().filter({ hasText: line }).count();
        return typed > 0 && (await this.entries().count()) >= Math.max(1, before);
      })
      .toBe(true);
  }

  /** Presses Apply, sees the cluster come alive, and stops its clock. */
  async applyAndPause(): Promise<void> {
    await this.page.getByRole('button', { name: 'Apply' }).click();
    await this.page.getByRole('button', { name: 'Pause' }).click();
    await expect(this.page.getByRole('button', { name: 'Let time run' })).toBeVisible();
  }

  /** Goes with Tab until a button has the focus. */
  async reach(name: string | RegExp): Promise<void> {
    await this.tabTo(this.page.getByRole('button', { name, exact: typeof name === 'string' }), String(name));
  }

  /** Goes to the prompt with Tab and types a line there, touching nothing but keys. */
  async typeByKeys(line: string): Promise<void> {
    await this.tabTo(this.prompt, 'the prompt');
    await this.page.keyboard.type(line);
    await this.page.keyboard.press('Enter');
  }

  /** Goes to the list of places with Tab and chooses one by its first letters. */
  async moveByKeys(place: string): Promise<void> {
    const places = this.page.getByRole('combobox', { name: 'Terminal at' });
    await this.tabTo(places, 'the places');
    await this.page.keyboard.type(place);
    await expect(places).toHaveValue(place);
  }

  private async tabTo(wanted: Locator, name: string): Promise<void> {
    for (let i = 0; i < 90; i++) {
      if (await wanted.evaluate((element) => element === document.activeElement)) return;
      await this.page.keyboard.press('Tab');
    }
    throw new Error(`the keyboard does not reach ${name}`);
  }

  /** What was typed, each with its answer. */
  entries() {
    return this.log.locator('> ol > li');
  }

  /** What the terminal printed last. */
  last() {
    return this.entries().last();
  }
}
