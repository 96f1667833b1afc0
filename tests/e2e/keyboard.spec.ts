import { readFile } from 'node:fs/promises';
import { Desk, expect, test } from './person';

test('a host port is a rule and no listener, found by keys alone', async ({ page }) => {
  const desk = new Desk(page);
  await desk.open('#world=vm-3&manifest=hostport');
  await expect(page.locator('.editor[data-stage="full"]')).toBeVisible();
  await desk.reach('Apply');
  await page.keyboard.press('Enter');
  await expect(desk.last()).toContainText('created');
  await desk.reach('+10 s');
  await page.keyboard.press('Space');
  await desk.moveByKeys('node1');
  await desk.typeByKeys('iptables -t nat -S | grep 8080; ss -ltn | grep -c 8080');
  await expect(desk.last()).toContainText(/--dport 8080 -j DNAT --to-destination 10\.244\.1\.19:80/);
  await expect(desk.last()).toContainText(/\n0\n/);
  await desk.moveByKeys('client');
  await desk.typeByKeys('curl -sI http://192.168.189.201:8080/ | head -n 1');
  await expect(desk.last()).toContainText('HTTP/1.1 200 OK');
});

test('a port of the machine’s own is found out by the program, by keys alone', async ({ page }) => {
  const template = await readFile(
    new URL('../../content/scenarios/s1-ports-taken/taken.yaml', import.meta.url),
    'utf8',
  );
  const desk = new Desk(page);
  const text = encodeURIComponent(template.replaceAll('PORT', '9890'));
  await desk.open(`#world=ack-3&file=taken.yaml&text=${text}`);
  await expect(page.locator('.editor[data-stage="full"]')).toBeVisible();
  await desk.reach('Apply');
  await page.keyboard.press('Enter');
  await expect(desk.last()).toContainText('pod/taken-9890 created');
  await desk.reach('+1 min');
  await page.keyboard.press('Space');
  await desk.typeByKeys('kubectl get pod');
  await expect(desk.last()).toContainText(/taken-9890 +0\/1 +(CrashLoopBackOff|Error) +\d/);
  await desk.typeByKeys('kubectl logs taken-9890');
  await expect(desk.last()).toContainText(/address already in use/i);
});

test('one worker answers and the other refuses, by keys alone', async ({ page }) => {
  const desk = new Desk(page);
  await desk.open('#world=cern-2&manifest=influxdb');
  await expect(page.locator('.editor[data-stage="full"]')).toBeVisible();
  await desk.reach('Apply');
  await page.keyboard.press('Enter');
  await expect(desk.last()).toContainText('created');
  await desk.reach('+1 min');
  await page.keyboard.press('Space');
  await desk.typeByKeys('curl -I http://188.185.125.110:8086/ping');
  await expect(desk.last()).toContainText('HTTP/1.1 204 No Content');
  await desk.typeByKeys('curl -I http://188.185.124.201:8086/ping');
  await expect(desk.last()).toContainText(/curl: \(7\) Failed to connect to 188\.185\.124\.201 port 8086/);
});
