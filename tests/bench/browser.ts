import { existsSync } from 'node:fs';
import { chromium, type Browser } from 'playwright';

const systemPaths = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** A Chromium of this machine, or Playwright's own; undefined where there is none. */
export async function launch(): Promise<Browser | undefined> {
  const installed = [process.env.CHROME_PATH, ...systemPaths].find((path) => path && existsSync(path));
  const args = ['--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update'];
  if (process.getuid?.() === 0) args.push('--no-sandbox');
  try {
    return await chromium.launch({ args, ...(installed ? { executablePath: installed } : {}) });
  } catch {
    return undefined;
  }
}
