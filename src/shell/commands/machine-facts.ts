import { calendar, two } from '@/kubernetes/clock/calendar';
import type { Millis } from '@/kubernetes/clock/clock';
import { kernelReleaseOf, osImageOf } from '@/kubernetes/node-system';
import { type ShellCommand, type ShellContext, plain } from '../command';
import { startOf } from './services';
import { hasFlag, readOptions } from './options';
import { joinLines } from './text';

/** `hostnamectl` and `uptime`: what a machine knows of itself. */
export const machineFacts: Readonly<Record<string, ShellCommand>> = {
  // systemd, src/hostname/hostnamectl.c `print_status_info`
  hostnamectl: plain((args, { cluster, scene, stdout, stderr }) => {
    const verb = args.find((word) => !word.startsWith('-'));
    const node = cluster.world.nodes.find((one) => one.name === scene.kernel.host);
    if ((verb !== undefined && verb !== 'status') || scene.pod) {
      stderr('hostnamectl: only its status on a machine is simulated\n');
      return 127;
    }
    const info = cluster.store.get('nodes', undefined, scene.kernel.host)?.status?.nodeInfo;
    const rows: readonly (readonly [label: string, text: string | undefined])[] = [
      ['Static hostname', scene.hostname],
      ['Machine ID', info?.machineID],
      ['Boot ID', info?.bootID.replaceAll('-', '')],
      ['Operating System', node && osImageOf(node)],
      ['Kernel', `Linux ${kernelReleaseOf(node)}`],
      ['Architecture', 'x86-64'],
    ];
    stdout(joinLines(rows.flatMap(([label, text]) => (text ? [`${label.padStart(16)}: ${text}`] : []))));
    return 0;
  }),
  // procps, src/uptime.c and library/uptime.c; busybox, procps/uptime.c
  uptime: plain((args, context) => {
    const { cluster, scene, stdout, stderr } = context;
    const options = readOptions(args, { flags: ['p', 's', 'pretty', 'since'] });
    const boot = bootOf(context);
    const time = calendar(cluster.clock.epoch + cluster.clock.now);
    if (hasFlag(options, 's', 'since')) stdout(`${cluster.clock.timestamp(boot).replace('T', ' ').slice(0, -1)}\n`);
    else if (hasFlag(options, 'p', 'pretty')) stdout(`${prettyText(cluster.clock.now - boot)}\n`);
    else {
      const now = `${two(time.hour)}:${two(time.minute)}:${two(time.second)}`;
      stdout(` ${now} up ${upText(cluster.clock.now - boot)}${scene.busybox ? '' : ',  1 user'}\n`);
      stderr('uptime: the load average is not simulated\n');
    }
    return 0;
  }),
};

/** When the machine booted, in virtual time: its first daemon came up with it. */
function bootOf(context: ShellContext): Millis {
  const first = context.scene.kernel.processes().find(({ comm, container }) => comm === 'containerd' && !container);
  const at = first ? startOf(first.pid, context) : context.cluster.revisions.timeOf(1);
  return at === -Infinity ? 0 : at;
}

function upText(millis: Millis): string {
  const minutes = Math.floor(millis / 60_000);
  const [days, hours, rest] = [Math.floor(minutes / 1440), Math.floor(minutes / 60) % 24, minutes % 60];
  const dayText = days === 0 ? '' : `${days} day${days === 1 ? '' : 's'}, `;
  return `${dayText}${hours > 0 ? `${String(hours).padStart(2)}:${two(rest)}` : `${rest} min`}`;
}

function prettyText(millis: Millis): string {
  const minutes = Math.floor(millis / 60_000);
  const parts: readonly (readonly [count: number, unit: string])[] = [
    [Math.floor(minutes / 10_080), 'week'],
    [Math.floor(minutes / 1440) % 7, 'day'],
    [Math.floor(minutes / 60) % 24, 'hour'],
    [minutes % 60, 'minute'],
  ];
  const shown = parts.flatMap(([count, unit]) => (count > 0 ? [`${count} ${unit}${count === 1 ? '' : 's'}`] : []));
  return `up ${shown.length > 0 ? shown.join(', ') : '0 minutes'}`;
}
