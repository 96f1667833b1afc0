import { expect, open, test } from './person';

test('a wrong host port is marked at its own characters', async ({ page }) => {
  await open(page, '/check/');
  await page.getByRole('button', { name: /Two different ports/ }).click();
  await expect(page.getByRole('heading', { level: 1 })).not.toHaveText(/Paste/);
  const finding = page.locator('.finding', { hasText: 'must match `containerPort` when `hostNetwork` is true' });
  await expect(finding).toBeVisible();
  await expect(finding.getByRole('button', { name: 'line 18' })).toBeVisible();
  await finding.hover();
  await expect(page.locator('.lit-range')).toBeVisible();
});

test('a misplaced field is named with its path', async ({ page }) => {
  await open(page, '/check/');
  await page.getByRole('button', { name: /In the wrong place/ }).click();
  await expect(page.getByText('unknown field "spec.template.hostNetwork"').first()).toBeVisible();
});

test('on a small screen the plain editor marks the same characters', async ({ page }) => {
  await page.setViewportSize({ width: 360, height: 740 });
  await open(page, '/check/');
  await page.getByRole('button', { name: /Two different ports/ }).click();
  await expect(page.locator('.plain-editor .under.error').first()).toHaveText('8080');
});

const fiveMistakes = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  replicas: "2"
  selector:
    matchLabels: {app: web}
  template:
    metadata:
      labels: {app: web}
    spec:
      hostNetwrok: true
      dnsPolicy: ClusterFirstWithHostNet
      restartPolicy: always
      containers:
        - name: web
          image: nginx:1.25
          image: nginx:1.27
          ports:
            - containerPort: 80000
`;

test('five mistakes are marked at five places, and mended by key', async ({ page }) => {
  // The plain editor shows its marks as text.
  await page.setViewportSize({ width: 640, height: 900 });
  await open(page, '/check/');
  const field = page.getByLabel('Manifest', { exact: true }).getByRole('textbox');
  await field.fill(fiveMistakes);
  const marked = page.locator('.plain-editor .under:is(.error, .warning)');
  await expect(marked).toHaveText(['"2"', 'hostNetwrok', 'always', 'image', '80000']);
  const places = await marked.evaluateAll((marks) =>
    marks.map((mark) => {
      const line = mark.closest('.line');
      const before = document.createRange();
      before.setStart(line ?? mark, 0);
      before.setEndBefore(mark);
      const lines = [...(line?.parentElement?.children ?? [])];
      return [line ? lines.indexOf(line) + 1 : 0, before.toString().length + 1];
    }),
  );
  expect(places).toEqual([
    [6, 13],
    [13, 7],
    [15, 22],
    [19, 11],
    [21, 30],
  ]);
  // What the server says first, and what it would say next.
  await expect(page.locator('.finding', { hasText: 'spec.replicas' }).first()).not.toContainText('once the errors');
  await expect(page.locator('.finding', { hasText: 'unknown field' })).toContainText('once the errors before it');
  await page.getByRole('button', { name: 'Rename to hostNetwork' }).focus();
  await page.keyboard.press('Enter');
  await expect(field).toHaveValue(fiveMistakes.replace('hostNetwrok', 'hostNetwork'));
  await expect(page.getByText('unknown field')).toHaveCount(0);
  await field.focus();
  await page.keyboard.press('Control+z');
  await expect(field).toHaveValue(fiveMistakes);
});

test('the full editor offers the same fixes by key, and takes them back', async ({ page }) => {
  await open(page, '/check/');
  await page.getByRole('button', { name: /Two different ports/ }).click();
  const fix = page.getByRole('button', { name: 'Set hostPort to 80' });
  await fix.focus();
  await page.keyboard.press('Enter');
  await expect(fix).toHaveCount(0);
  await page.locator('.monaco-editor .view-lines').click();
  await page.keyboard.press('Control+z');
  await expect(fix).toBeVisible();
  await page.keyboard.press('F8');
  await page.keyboard.press('Control+.');
  await expect(page.getByText('Set hostPort to 80')).toHaveCount(2);
});

test('a finding leads to the page about its message, and the manifest goes along to the playground', async ({
  page,
}) => {
  await open(page, '/check/');
  await page.getByRole('button', { name: /More replicas than nodes/ }).click();
  const finding = page.locator('.finding').filter({ hasText: 'The rest will stay Pending' });
  await expect(finding.getByRole('link', { name: 'About this message' })).toHaveAttribute(
    'href',
    '/errors/no-free-ports/',
  );
  await page.getByRole('link', { name: 'Try it in the playground' }).click();
  await expect(page).toHaveURL(/\/play\/#scenario=1\./);
  await expect(page.getByRole('combobox', { name: 'Cluster', exact: true })).toHaveValue('lab-4');
  await page.getByRole('button', { name: 'Apply' }).click();
  await expect(page.getByRole('log')).toContainText('kubectl apply -f manifest.yaml');
  await expect(page.getByRole('log')).toContainText('deployment.apps/web created');
});

test('a file that is dropped on the check is read, one that is no text is refused by name', async ({ page }) => {
  await open(page, '/check/');
  const drop = async (name: string, bytes: readonly number[]) => {
    const files = await page.evaluateHandle(
      ({ name, bytes }) => {
        const transfer = new DataTransfer();
        transfer.items.add(new File([new Uint8Array(bytes)], name));
        return transfer;
      },
      { name, bytes },
    );
    await page.locator('.answers').dispatchEvent('drop', { dataTransfer: files });
  };
  await drop('photo.png', [0x89, 0x50, 0, 255, 254]);
  await expect(page.locator('.answers').getByRole('alert')).toHaveText('photo.png is not a text and was not opened.');
  await drop('pod.yaml', [...Buffer.from('kind: Pod\n')]);
  await expect(page.locator('.answers').getByRole('alert')).toHaveCount(0);
  await expect(page.locator('.finding').first()).toContainText('apiVersion');
});
