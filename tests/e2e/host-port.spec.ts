import { Desk, expect, test } from './person';

test('a host port answers on its node and nowhere else, and nobody listens', async ({ page }) => {
  const desk = new Desk(page);
  await desk.open('#world=vm-3&manifest=hostport');
  await desk.applyAndPause();
  await expect(desk.last()).toContainText('pod/nginx-hostport created');
  await page.getByRole('button', { name: '+10 s' }).click();
  await desk.type('kubectl get po -owide');
  await expect(desk.last()).toContainText(/nginx-hostport\s+1\/1\s+Running\s+0\s+\w+\s+10\.244\.1\.19\s+node1/);
  await desk.type('curl -s 192.168.189.201:8080 | grep title');
  await expect(desk.last()).toContainText('<title>Welcome to nginx!</title>');
  await desk.type('curl 192.168.189.202:8080');
  await expect(desk.last()).toContainText('curl: (7)');

  await page.getByLabel('Terminal at').selectOption('node1');
  await desk.type('iptables -t nat -S | grep DNAT');
  await expect(desk.last()).toContainText('--to-destination 10.244.1.19:80');
  await desk.type("ss -ltn 'sport = :8080'");
  await expect(desk.last()).not.toContainText('LISTEN');

  await page.getByRole('button', { name: 'Table' }).click();
  await expect(page.getByRole('table', { name: 'Forwarding rules' })).toContainText('10.244.1.19:80');
});
