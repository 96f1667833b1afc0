import type { Browser, Page } from 'playwright';
import { desk, slowDown, sorted } from './desk';
import { pageThread, scriptTime, traced, type TraceEvent } from './trace';

/** Seven Deployments that share a node's network: 200 lines, and a cluster that has something to say of each. */
export const manifest = Array.from(
  { length: 7 },
  (_, i) => `apiVersion: apps/v1
kind: Deployment
metadata:
  name: web-${i}
  labels:
    app: web-${i}
spec:
  replicas: 2
  selector:
    matchLabels:
      app: web-${i}
  template:
    metadata:
      labels:
        app: web-${i}
    spec:
      hostNetwork: true
      containers:
        - name: web
          image: nginx:1.27
          ports:
            - containerPort: ${8000 + i}
          resources:
            requests:
              cpu: 100m
              memory: 64Mi
          readinessProbe:
            httpGet:
              path: /
              port: ${8000 + i}`,
).join('\n---\n');

/**
 * Milliseconds of script on the page's thread for one key, sorted: the key, its line drawn, the marks and hints of the new text,
 * the draft kept. A digit more makes the last port a wrong one, Backspace makes it right again, so that every key changes the marks.
 */
export async function keys(browser: Browser, address: string, count: number, rate: number): Promise<number[]> {
  const page = await desk(browser, address);
  await page.waitForTimeout(2_000);
  await write(page, manifest);
  // The first keys are slower: what they run is compiled with them.
  for (let i = 0; i < 6; i++) await press(page, i, 1);
  await slowDown(page, rate);
  const found: number[] = [];
  for (let i = 0; i < count; i++) {
    const events = await traced(page, () => press(page, i, rate));
    const isKey = ({ name, args }: TraceEvent) => name === 'EventDispatch' && args.data?.type === 'keydown';
    const key = events.find(isKey);
    if (key) found.push(scriptTime(pageThread(events, isKey), key.ts));
  }
  await page.context().close();
  return sorted(found);
}

/** Until the page is quiet again: the text is read a quarter of a second after the key, and the draft kept soon after that. */
async function press(page: Page, i: number, rate: number): Promise<void> {
  await page.keyboard.press(i % 2 === 0 ? '1' : 'Backspace');
  await page.waitForTimeout(rate > 1 ? 2_000 : 900);
}

async function write(page: Page, text: string): Promise<void> {
  await page.evaluate((given) => navigator.clipboard.writeText(given), text);
  await page.locator('.edit .view-lines').click();
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.press('ControlOrMeta+v');
  await page.waitForTimeout(3_000);
  await page.keyboard.press('ControlOrMeta+End');
  await page.waitForTimeout(500);
}
