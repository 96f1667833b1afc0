import { readFile } from 'node:fs/promises';
import AxeBuilder from '@axe-core/playwright';
import { webDeployment } from '../web-deployment';
import { Desk, expect, test } from './person';

const manifest = `${webDeployment(2, "{containers: [{name: nginx, image: 'nginx:1.23.1', ports: [{containerPort: 80}]}]}")}---
apiVersion: v1
kind: Service
metadata: {name: web}
spec: {type: NodePort, selector: {app: web}, ports: [{port: 80, nodePort: 30080}]}
`;
const fragment = `#world=lab-4&file=web.yaml&text=${encodeURIComponent(manifest)}`;

test('a Service stands in the picture, with its node port on every edge and its name in the Pods behind it', async ({
  page,
}) => {
  const desk = new Desk(page);
  await desk.open(fragment);
  await desk.applyAndPause();
  await page.getByRole('button', { name: '+10 s' }).click();
  const board = page.getByRole('button', {
    name: /^Service web NodePort 10\.\S+ :80 → 80 \(node port 30080\) ✓ 2 back ends/,
  });
  await expect(board).toBeVisible();
  for (const node of ['cp1', 'w1', 'w2', 'w3'])
    await expect(
      page.getByRole('group', { name: new RegExp(`Node ${node} .*node port 30080 leads to Service web`) }),
    ).toBeVisible();
  await expect(page.getByRole('button', { name: /Running · 1\/1 10\.244\.\d\.\d+ ← web/ })).toHaveCount(2);

  // Wires run from the board that one is at to the Pods, and are gone when one leaves it.
  const wires = page.locator('.wires .wire');
  await board.hover();
  await expect(wires).toHaveCount(2);
  await page.getByRole('heading', { name: 'Why' }).hover();
  await expect(wires).toHaveCount(0);
  await board.focus();
  await expect(wires).toHaveCount(2);
  expect((await new AxeBuilder({ page }).include('[data-pane=cluster]').analyze()).violations).toEqual([]);
  const rule = { runOnly: { type: 'rule' as const, values: ['label-content-name-mismatch'] } };
  expect((await new AxeBuilder({ page }).options(rule).analyze()).violations).toEqual([]);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog')).toContainText('NodePort:');
  await page.keyboard.press('Escape');

  await page.getByRole('button', { name: 'Table' }).click();
  const rules = page.getByRole('table', { name: 'Forwarding rules' });
  await expect(rules.getByRole('row', { name: /w3 +30080\/TCP .*service\/web/ })).toBeVisible();
  await rules.getByRole('button', { name: 'service/web' }).first().click();
  await expect(page.getByRole('dialog').getByRole('heading').first()).toContainText('services/web');
});

test('the picture that is taken away has the Services, and so has paper', async ({ page }) => {
  const desk = new Desk(page);
  await desk.open(fragment);
  await desk.applyAndPause();
  await page.getByRole('button', { name: '+10 s' }).click();
  await page.getByRole('button', { name: 'Share', exact: true }).click();
  const waiting = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Picture of the cluster (SVG)' }).click();
  const svg = await readFile(await (await waiting).path(), 'utf8');
  expect(svg).toMatch(/✓ 2 back ends/);
  expect(svg).toMatch(/← web/);
  expect(svg).toMatch(/>30080</);
  await page.keyboard.press('Escape');
  await page.emulateMedia({ media: 'print' });
  await page.evaluate(() => dispatchEvent(new Event('beforeprint')));
  const sheet = page.locator('.print-sheet');
  await expect(sheet.locator('.signs')).toContainText('✓ 2 back ends');
  await expect(sheet.getByRole('table', { name: 'Forwarding rules' })).toContainText('service/web');
});

test('a packet runs through the picture: to the ring, and to the Pod; who asks for no motion sees none', async ({
  page,
}) => {
  const desk = new Desk(page);
  await desk.open('#world=vm-3&manifest=hostport');
  await desk.applyAndPause();
  await page.getByRole('button', { name: '+10 s' }).click();
  const runs = () =>
    page.evaluate(
      () =>
        document
          .getAnimations()
          .filter(
            (one) =>
              one.effect instanceof KeyframeEffect &&
              one.effect.target instanceof SVGCircleElement &&
              one.effect.target.closest('.packet'),
          ).length,
    );
  await page.evaluate(() => {
    const animate = Element.prototype.animate;
    Element.prototype.animate = function (...args) {
      if (this.closest('.packet')) document.body.dataset['ran'] = String(Number(document.body.dataset['ran'] ?? 0) + 1);
      return animate.apply(this, args);
    };
  });
  await desk.type('curl -sI http://192.168.189.201:8080/ | head -n 1');
  await expect(page.locator('body')).toHaveAttribute('data-ran', '1');
  await expect.poll(runs).toBe(0);
  await expect(page.locator('.house .room').first()).toHaveCSS('animation-name', 'come-in');
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await expect(page.locator('.house .room').first()).toHaveCSS('animation-name', 'none');
  await desk.type('curl -sI http://192.168.189.201:8080/ | grep -c OK');
  await expect(desk.last()).toContainText('1');
  await expect(page.locator('body')).toHaveAttribute('data-ran', '1');
});

test('hundreds of Pods behind one Service stay readable', async ({ page }) => {
  const desk = new Desk(page);
  await desk.open(
    `#world=lab-4&file=web.yaml&text=${encodeURIComponent(manifest.replace('replicas: 2', 'replicas: 300'))}`,
  );
  await desk.applyAndPause();
  await page.getByRole('button', { name: 'Until quiet' }).click();
  const board = page.getByRole('button', { name: /^Service web .*✓ (29|30)\d back ends/ });
  await expect(board).toBeVisible();
  await board.hover();
  await expect(page.locator('.wires .wire').first()).toBeAttached();
});

test('whoever wonders what a ring is finds the words below the picture', async ({ page }) => {
  await new Desk(page).open();
  await page.getByText('How to read the picture').click();
  await expect(page.getByText('A ring is a host port: nobody listens, a rule forwards into the room.')).toBeVisible();
});

test('what stands in a namespace of its own is in the tables, and its row opens it', async ({ page }) => {
  const desk = new Desk(page);
  await desk.open('#world=lab-4&manifest=hostport');
  await desk.type('kubectl create namespace monitoring');
  await page.getByRole('button', { name: '+10 s' }).click();
  await desk.type('kubectl -n monitoring create deployment web --image=nginx:1.23.1');
  await page.getByRole('button', { name: '+10 s' }).click();
  await page.getByRole('button', { name: 'Table', exact: true }).click();
  const pods = page.getByRole('table', { name: 'Pods' });
  await expect(pods.getByRole('row', { name: /^monitoring web-\S+ 1\/1 Running/ })).toBeVisible();
  await pods.getByRole('button', { name: /^web-/ }).click();
  await expect(page.getByRole('dialog')).toContainText(/Namespace: +monitoring/);
});
