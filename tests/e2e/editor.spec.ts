import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { Desk, expect, test } from './person';

/** Replaces the text of the full editor by one from the clipboard. */
async function write(page: Page, text: string): Promise<void> {
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.evaluate((copied) => navigator.clipboard.writeText(copied), text || ' ');
  await page.locator('.edit .monaco-editor .view-lines').click();
  await page.keyboard.press('Control+a');
  await page.keyboard.press('Control+v');
  if (text === '') await page.keyboard.press('Backspace');
}

function shown(page: Page) {
  return page.locator('.edit .monaco-editor .view-lines');
}

/** All that axe finds on the page. */
async function flaws(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'])
    .analyze();
  return violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(' ')}`));
}

const pod = `apiVersion: v1
kind: Pod
metadata:
  name: web
spec:
  hostNetwork: true
  containers:
    - name: web
      image: nginx:1.27
      ports:
        - containerPort: 80
`;

test.describe('the editor of the playground', () => {
  test('a key draws its line anew and nothing else: no mark that stays, no other part of the page', async ({
    page,
  }) => {
    const desk = new Desk(page);
    await desk.open('#world=one-node-cce');
    await write(page, `# a\n${pod.replace('hostNetwork: true', 'hostNetwork: yes please')}`);
    await expect(page.locator('.squiggly-error')).toHaveCount(1);
    await page.keyboard.press('ControlOrMeta+Home');
    await page.keyboard.press('End');
    // What the last change brought about has come to rest: marks, hints, folds, the draft.
    const rest = () => page.waitForTimeout(2_000);
    await rest();
    await page.evaluate(() => {
      const counts = { lines: 0, marks: 0, elsewhere: 0 };
      Object.assign(globalThis, { drawn: counts });
      const has = (node: Node, name: string) => node instanceof Element && node.matches(name);
      const editor = document.querySelector('.edit .editor');
      new MutationObserver((records) => {
        for (const { target, addedNodes } of records) {
          if (!editor?.contains(target)) counts.elsewhere++;
          for (const node of addedNodes) {
            if (has(node, '.view-line')) counts.lines++;
            if (node instanceof Element && node.querySelector('.squiggly-error')) counts.marks++;
          }
        }
      }).observe(document.querySelector('.playground') ?? document, {
        subtree: true,
        childList: true,
        characterData: true,
      });
    });
    await page.keyboard.type('b');
    await expect(shown(page)).toContainText('# ab');
    await rest();
    const drawn = await page.evaluate(() => Reflect.get(globalThis, 'drawn'));
    expect(drawn).toEqual({ lines: 1, marks: 0, elsewhere: 0 });
  });

  test.beforeEach(async ({ page }) => {
    await new Desk(page).open();
    await expect(page.locator('.edit .editor')).toHaveAttribute('data-stage', 'full');
  });

  test('offers the fields of the place, and what must stand below', async ({ page }) => {
    await write(page, `${pod.slice(0, pod.indexOf('      ports'))}      po`);
    await page.keyboard.press('Control+Space');
    const list = page.locator('.suggest-widget');
    await expect(list.getByText('ports, with a host port')).toBeVisible();
    await expect(list.getByText('[]ContainerPort').first()).toBeVisible();
    expect(await flaws(page)).toEqual([]);
    await page.keyboard.press('Enter');
    await page.keyboard.type('8080');
    await page.keyboard.press('Tab');
    await expect(page.locator('.edit .monaco-editor')).toHaveClass(/focused/);
    await expect(shown(page)).toContainText('- containerPort: 8080');
  });

  test('offers a whole Deployment, and values by name', async ({ page }) => {
    await write(page, '');
    await page.keyboard.press('Control+Space');
    await page.locator('.suggest-widget').getByText('Deployment, hostNetwork').click();
    await expect(shown(page)).toContainText('dnsPolicy: ClusterFirstWithHostNet');
    await expect(page.getByText(/^\d+ to look at$/)).toBeVisible();
    await write(page, 'kind: Dae');
    await page.keyboard.press('Control+Space');
    await expect(page.locator('.suggest-widget').getByText('DaemonSet')).toBeVisible();
    await page.keyboard.press('Enter');
    await expect(shown(page)).toContainText('apiVersion: apps/v1');
    await expect(shown(page)).toContainText('kind: DaemonSet');
  });

  test('shows what will be filled in, until one does not want it', async ({ page }) => {
    await write(page, pod);
    await expect(shown(page)).toContainText('hostPort: 80 · protocol: TCP');
    expect(await flaws(page)).toEqual([]);
    await page.getByLabel('Show defaults').uncheck();
    await expect(shown(page)).not.toContainText('hostPort: 80');
    await page.reload();
    await expect(page.locator('.edit .editor')).toHaveAttribute('data-stage', 'full');
    await expect(page.getByLabel('Show defaults')).not.toBeChecked();
  });

  test('says of a field what it is, and what the server does with it', async ({ page }) => {
    await write(page, pod);
    await shown(page).getByText('hostNetwork', { exact: true }).hover();
    const hover = page.locator('.monaco-hover').filter({ visible: true });
    await expect(hover).toContainText('Pod.spec.hostNetwork');
    await expect(hover).toContainText('Host networking requested for this pod.');
    await expect(hover).toContainText('It cannot be changed later. The API server refuses:');
    await expect(hover).toContainText('pod updates may not change fields other than');
    expect(await flaws(page)).toEqual([]);
  });

  test('says the same by keyboard', async ({ page }) => {
    await write(page, pod);
    await page.keyboard.press('Control+Home');
    for (let i = 0; i < 10; i++) await page.keyboard.press('ArrowDown');
    for (let i = 0; i < 14; i++) await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Control+k');
    await page.keyboard.press('Control+i');
    const hover = page.locator('.monaco-hover').filter({ visible: true });
    await expect(hover).toContainText('Pod.spec.containers.ports.containerPort');
    await expect(hover).toContainText('The API server fills in:');
    await expect(hover).toContainText('hostPort: 80');
  });

  test('leads from a finding to its lesson', async ({ page }) => {
    await write(page, pod);
    await expect(page.getByText('to look at')).toBeVisible();
    await page.keyboard.press('Control+Home');
    await page.keyboard.press('F8');
    const link = page.locator('.monaco-editor .marker-widget a.code-link, .monaco-editor .marker-widget a').first();
    await expect(link).toContainText(/Lesson \d+/);
  });

  test('formats with comments kept, and takes it back', async ({ page }) => {
    await write(page, 'apiVersion: v1\nkind: ConfigMap # mine\nmetadata:\n      name:   web\ndata: {a:   "1"}\n');
    await page.getByRole('button', { name: 'Format' }).click();
    await expect(shown(page)).toContainText('ConfigMap # mine');
    // Patterns, for a text to be found is compared with its blanks made one.
    await expect(shown(page)).toContainText(/data:\s\{a:\s"1"\}/);
    await shown(page).click();
    await page.keyboard.press('Control+z');
    await expect(shown(page)).toContainText(/data:\s\{a:\s{3}"1"\}/);
    await page.keyboard.press('Shift+Alt+f');
    await expect(shown(page)).toContainText(/data:\s\{a:\s"1"\}/);
  });

  test('finds and folds by keyboard', async ({ page }) => {
    await write(page, pod);
    await page.keyboard.press('Control+f');
    await page.keyboard.type('containerPort');
    await expect(page.locator('.find-widget .matchesCount')).toHaveText('1 of 1');
    expect(await flaws(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await page.keyboard.press('Control+Home');
    for (let i = 0; i < 4; i++) await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Control+Shift+BracketLeft');
    await expect(shown(page)).not.toContainText('containerPort');
    await page.keyboard.press('Control+Shift+BracketRight');
    await expect(shown(page)).toContainText('containerPort');
    // The browser's own menu: the editor's would need styles that the page's policy forbids.
    await shown(page).click({ button: 'right' });
    await expect(page.locator('.shadow-root-host')).toHaveCount(0);
  });

  test('opens files that are dropped or pasted, each in a tab', async ({ page }) => {
    const give = (kind: 'drop' | 'paste', name: string, text: string) =>
      page.locator('.pane.edit').evaluate(
        (pane, [event, file, content]) => {
          const data = new DataTransfer();
          data.items.add(new File([content], file));
          pane
            .querySelector('.view-lines')
            ?.dispatchEvent(
              event === 'drop'
                ? new DragEvent('drop', { bubbles: true, cancelable: true, dataTransfer: data })
                : new ClipboardEvent('paste', { bubbles: true, cancelable: true, clipboardData: data }),
            );
        },
        [kind, name, text] as const,
      );
    await give('drop', 'mine.yaml', pod);
    await expect(page.getByRole('button', { name: 'mine.yaml', exact: true })).toHaveAttribute('aria-pressed', 'true');
    await expect(shown(page)).toContainText('hostNetwork: true');
    await give('paste', 'other.yaml', 'kind: Service\n');
    await expect(shown(page)).toContainText('kind: Service');
    await give('drop', 'picture.png', 'a\0b');
    await expect(page.getByRole('alert').filter({ hasText: 'picture.png is not a text' })).toBeVisible();
  });
});

test('the page is readable at once: text, picture and tables come with it', async ({ browser, baseURL }) => {
  const context = await browser.newContext({ baseURL, javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto('/play/');
  await expect(page.locator('.edit pre.code')).toContainText('hostNetwork: true');
  await expect(page.locator('.edit pre.code .key').first()).toBeVisible();
  await expect(page.locator('.pane.cluster svg').first()).toBeVisible();
  await context.close();
});
