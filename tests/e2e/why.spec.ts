import AxeBuilder from '@axe-core/playwright';
import { Desk, expect, test } from './person';

test('Why? names who refused a Pod, in whose words, and looking at what', async ({ page }) => {
  const desk = new Desk(page);
  await desk.open('#world=vm-3&manifest=hostport');
  await desk.applyAndPause();
  await page.getByRole('button', { name: '+10 s' }).click();
  // Two more on the same node port than there are free nodes.
  for (const name of ['b', 'c'])
    await desk.type(`sed 's/name: nginx-hostport/name: ${name}/' hostport.yaml | kubectl apply -f -`);
  await page.getByRole('button', { name: '+10 s' }).click();
  const why = page.getByRole('region', { name: 'Why', exact: true });
  await why.getByRole('combobox', { name: 'Pod' }).selectOption({ label: 'c' });
  const doors = why.getByRole('list', { name: 'Who let it pass' });
  await expect(doors.getByRole('listitem').filter({ hasText: 'Scheduler' })).toContainText(
    "0/3 nodes are available: 1 node(s) had untolerated taint(s), 2 node(s) didn't have free ports for the requested pod ports.",
  );
  await expect(doors.getByRole('listitem').filter({ hasText: 'Kubelet' })).toContainText('not asked yet');
  await expect(why.getByRole('link', { name: /About this message/ })).toHaveAttribute('href', '/errors/no-free-ports/');
  const table = why.getByRole('table', { name: /The scheduler’s last look/ });
  await expect(table.getByRole('row', { name: /node1/ })).toContainText('NodePorts:');
  await expect(table.getByRole('row', { name: /node1/ })).toContainText(/8080\/TCP .*nginx-hostport/);
  await table.getByRole('row', { name: /node1/ }).getByText('plug-ins').click();
  await expect(table.getByRole('row', { name: /node1/ }).getByText('NodePorts: refused')).toBeVisible();
  expect((await new AxeBuilder({ page }).include('[data-pane=why]').analyze()).violations).toEqual([]);
});

test('the terminal shows the way of the packets that a command sent', async ({ page }) => {
  const desk = new Desk(page);
  await desk.open('#world=vm-3&manifest=hostport');
  await desk.applyAndPause();
  await page.getByRole('button', { name: '+10 s' }).click();
  await desk.type('curl -sI http://192.168.189.201:8080/');
  await expect(desk.last()).toContainText('HTTP/1.1 200 OK');
  const way = desk.last().getByText('The packet’s way: client → 192.168.189.201:8080, answered by nginx-hostport');
  await way.click();
  await expect(desk.last()).toContainText(/-j DNAT --to-destination 10\.244\.1\.19:80/);
  expect((await new AxeBuilder({ page }).include('[data-pane=terminal]').analyze()).violations).toEqual([]);
});

test('trouble is made from a menu, and typed in the terminal', async ({ page }) => {
  const desk = new Desk(page);
  await desk.open('#world=lab-4&manifest=hostport');
  await page.getByText('Trouble', { exact: true }).click();
  await page.getByRole('combobox', { name: 'Node' }).selectOption('w2');
  await page.getByRole('button', { name: /Its machine loses its power/ }).click();
  await expect(desk.last()).toContainText('w2 is off');
  await page.getByRole('button', { name: '+1 min' }).click();
  await desk.type('kubectl get nodes');
  await expect(desk.last()).toContainText(/w2 +NotReady/);
});

test('the YAML of an object marks what the server filled in', async ({ page }) => {
  const desk = new Desk(page);
  await desk.open('#world=vm-3&manifest=hostport');
  await desk.applyAndPause();
  await page.getByRole('button', { name: '+10 s' }).click();
  await desk.type('kubectl get pods');
  await desk.last().getByRole('button', { name: 'nginx-hostport' }).click();
  const drawer = page.getByRole('dialog');
  await drawer.getByRole('button', { name: 'YAML' }).click();
  await expect(drawer.getByText('Marked: what the server filled in.')).toBeVisible();
  await expect(drawer.locator('ins', { hasText: 'protocol: TCP' })).toBeVisible();
  await expect(drawer.locator('ins', { hasText: 'hostPort: 8080' })).toHaveCount(0);
  expect((await new AxeBuilder({ page }).include('dialog.look').analyze()).violations).toEqual([]);
});

test('CoreDNS is taken away from a menu, and names have no answer', async ({ page }) => {
  const desk = new Desk(page);
  await desk.open('#world=lab-4&manifest=hostport');
  await page.getByRole('button', { name: 'Change …' }).click();
  const dialog = page.getByRole('dialog', { name: 'The cluster to play in' });
  await dialog.getByLabel('CoreDNS runs in the cluster').check();
  await dialog.getByRole('button', { name: 'Start this cluster' }).click();
  await expect(dialog).toBeHidden();
  await page.getByText('Trouble', { exact: true }).click();
  await page.getByRole('button', { name: /CoreDNS goes down/ }).click();
  await expect(desk.last()).toContainText('deployment.apps/coredns scaled');
  await page.getByRole('button', { name: '+1 min' }).click();
  await desk.type('kubectl get deployment coredns -n kube-system');
  await expect(desk.last()).toContainText(/coredns +0\/0/);
});

test('what can be read in a room is what it is called', async ({ page }) => {
  const desk = new Desk(page);
  await desk.open('#world=vm-3&manifest=hostport');
  await desk.applyAndPause();
  await page.getByRole('button', { name: '+10 s' }).click();
  await expect(
    page.getByRole('button', { name: /nginx-hostport ✓ Running · 1\/1 10\.244\.1\.19, 1\/1 ready/ }),
  ).toBeVisible();
  const rule = { runOnly: { type: 'rule' as const, values: ['label-content-name-mismatch'] } };
  expect((await new AxeBuilder({ page }).options(rule).analyze()).violations).toEqual([]);
});

test('rows of Services, EndpointSlices and events open what they are about', async ({ page }) => {
  const desk = new Desk(page);
  await desk.open('#world=vm-3&manifest=hostport');
  await desk.applyAndPause();
  await desk.type(
    'kubectl expose pod nginx-hostport --port=80 --labels=a=b || kubectl create service clusterip web --tcp=80',
  );
  await page.getByRole('button', { name: '+10 s' }).click();
  await page.getByRole('button', { name: 'Table' }).click();
  for (const [table, title] of [
    ['Services', 'services/kubernetes'],
    ['EndpointSlices', 'endpointslices/'],
    ['Events', 'pod/nginx-hostport'],
    ['Forwarding rules', 'pods/nginx-hostport'],
  ] as const) {
    await page.getByRole('table', { name: table }).getByRole('button').first().click();
    await expect(page.getByRole('dialog').getByRole('heading').first()).toContainText(title);
    await page.keyboard.press('Escape');
  }
});
