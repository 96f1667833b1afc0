import { type ShellCommand, plain } from '../command';
import { joinLines } from './text';

/**
 * `bridge [link [show] [dev PORT] [master BRIDGE]]` of iproute2 (bridge/link.c): the ports of a machine's bridges. The
 * kernel does not say whose namespace the other end of a pair is in, so that its number is taken for one of this
 * namespace where there is such an interface.
 */
export const bridge: ShellCommand = plain((args, { scene, stdout, stderr }) => {
  const [object, verb = 'show', ...rest] = args.filter((word) => !word.startsWith('-'));
  if (object === undefined || !'link'.startsWith(object)) {
    stderr('bridge: only its ports (bridge link) are simulated\n');
    return 127;
  }
  if (!/^(s|sh|sho|show|l|li|lis|lst|list)$/.test(verb)) {
    stderr(`bridge: bridge link ${verb} is not simulated\n`);
    return 127;
  }
  const after = (word: string) => (rest.includes(word) ? rest[rest.indexOf(word) + 1] : undefined);
  const [name, master] = [after('dev'), after('master')];
  const all = scene.kernel.interfaces(scene.namespace);
  const unknown = [name, master].find((one) => one !== undefined && !all.some((device) => device.name === one));
  if (unknown !== undefined) {
    stderr(`Cannot find device "${unknown}"\n`);
    return 1;
  }
  const ports = all.filter(
    (device) =>
      device.master !== undefined &&
      (name === undefined || device.name === name) &&
      (master === undefined || device.master === master),
  );
  const lines = ports.map((device) => {
    const { index, name: own, peer, up, mtu = 1500, master: on = '' } = device;
    const other = peer && (all.find((one) => one.index === peer.index)?.name ?? `if${peer.index}`);
    const flags = up ? 'BROADCAST,MULTICAST,UP,LOWER_UP' : 'BROADCAST,MULTICAST';
    const state = up ? 'forwarding' : 'disabled';
    return `${index}: ${own}${other === undefined ? '' : `@${other}`}: <${flags}> mtu ${mtu} master ${on} state ${state} priority 32 cost 2 `;
  });
  stdout(joinLines(lines));
  return 0;
});
