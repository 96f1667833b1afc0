import { drawMac } from '@/kubernetes/network/interfaces';
import type { ShellContext } from '../command';

/** `ip address add|del`, `ip link add|del|set … up|down`: needs NET_ADMIN, as in a container without it one sees. */
export function changeInterfaces(
  object: 'address' | 'link',
  verb: string,
  rest: readonly string[],
  context: ShellContext,
): number {
  const { scene, cluster, stderr } = context;
  const { kernel, namespace } = scene;
  const busybox = scene.busybox;
  const answers = busybox ? 'ip: RTNETLINK answers' : 'RTNETLINK answers';
  if (scene.process && !scene.process.capabilities.includes('NET_ADMIN')) {
    stderr(`${answers}: Operation not permitted\n`);
    return 2;
  }
  const afterDev = rest.includes('dev') ? rest[rest.indexOf('dev') + 1] : undefined;
  const name =
    object === 'address' ? (afterDev ?? '') : (afterDev ?? rest.find((word) => !['name', 'type'].includes(word)) ?? '');
  const device = kernel.interfaces(namespace).find((entry) => entry.name === name);
  if (object === 'link' && verb === 'add') {
    if (device) {
      stderr(`${answers}: File exists\n`);
      return 2;
    }
    const mac = drawMac(cluster.random.stream(`link/${kernel.host}/${name}`));
    const kind = rest.includes('bridge') ? 'bridge' : 'ethernet';
    kernel.setInterface({ index: kernel.takeInterfaceIndex(), name, namespace, kind, mac, up: false, addresses: [] });
    return 0;
  }
  if (!device) {
    stderr(object === 'address' ? `Cannot find device "${name}"\n` : `Cannot find device "${name}"\n`);
    return 1;
  }
  if (object === 'link') {
    if (verb.startsWith('del')) kernel.removeInterface(namespace, name);
    else if (verb === 'set')
      kernel.setInterface({ ...device, up: rest.includes('up') || (device.up && !rest.includes('down')) });
    return 0;
  }
  const [address = '', prefix = '32'] = (rest[0] ?? '').split('/');
  const has = device.addresses.some((entry) => entry.address === address);
  if (verb === 'add' && has) {
    stderr(`${answers}: File exists\n`);
    return 2;
  }
  if (verb.startsWith('del') && !has) {
    stderr(`${answers}: Cannot assign requested address\n`);
    return 2;
  }
  const others = device.addresses.filter((entry) => entry.address !== address);
  const v4 = others.filter((entry) => !entry.address.includes(':'));
  const v6 = others.filter((entry) => entry.address.includes(':'));
  const added = verb === 'add' ? [{ address, prefix: Number(prefix) }] : [];
  kernel.setInterface({ ...device, addresses: [...v4, ...added, ...v6] });
  return 0;
}
