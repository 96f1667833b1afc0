import { calendar, months, parseRfc3339, two, weekdays } from '@/kubernetes/clock/calendar';
import { hostsLines } from '@/kubernetes/network/host-names';
import { type ShellCommand, plain } from '../command';
import type { Scene } from '../scene';
import { kill } from './kill';
import { hasFlag, lastValue, readOptions } from './options';
import { ps } from './ps';
import { uname } from './uname';

/** Commands about the machine and the time. */
export const system: Readonly<Record<string, ShellCommand>> = {
  ps,
  kill,
  hostname: plain((args, { scene, stdout }) => {
    const addresses = scene.kernel
      .interfaceAddresses(scene.namespace)
      .filter((entry) => !entry.address.startsWith('127.') && !entry.address.includes(':'));
    if (args[0] === '-I') stdout(`${addresses.map((entry) => entry.address).join(' ')} \n`);
    else if (args[0] === '-i') stdout(`${addresses[0]?.address ?? '127.0.0.1'}\n`);
    else if (args[0] === '-f' || args[0] === '--fqdn') stdout(`${fullName(scene)}\n`);
    else stdout(`${scene.hostname}\n`);
    return 0;
  }),
  // coreutils, src/whoami.c; busybox, libpwdgrp/uidgid_get.c. No names but root's are simulated.
  whoami: plain((_args, { scene, stdout, stderr }) => {
    if (scene.uid === 0) stdout('root\n');
    else
      stderr(
        scene.busybox ? `whoami: unknown uid ${scene.uid}\n` : `whoami: cannot find name for user ID ${scene.uid}\n`,
      );
    return scene.uid === 0 ? 0 : 1;
  }),
  id: plain((args, { scene, stdout }) => {
    const { uid } = scene;
    if (args[0] === '-u' || args[0] === '-g') stdout(`${uid}\n`);
    else if (args[0] === '-un') stdout(uid === 0 ? 'root\n' : `${uid}\n`);
    else stdout(uid === 0 ? 'uid=0(root) gid=0(root) groups=0(root)\n' : `uid=${uid} gid=${uid} groups=${uid}\n`);
    return 0;
  }),
  uname,
  date: plain((args, { cluster: { clock }, stdout, stderr }) => {
    const options = readOptions(args, { flags: ['u', 'utc', 'R', 'I'], withValue: ['d', 'date'] });
    const text = lastValue(options, 'd', 'date');
    const now = clock.epoch + clock.now;
    const moment = text === undefined ? now : momentOf(text, now);
    if (moment === undefined) {
      stderr(`date: invalid date ‘${text}’\n`);
      return 1;
    }
    const time = calendar(moment);
    const usual = hasFlag(options, 'R')
      ? '%a, %d %b %Y %H:%M:%S %z'
      : hasFlag(options, 'I')
        ? '%F'
        : '%a %b %e %H:%M:%S UTC %Y';
    const format = args.find((word) => word.startsWith('+'))?.slice(1) ?? usual;
    const parts: Readonly<Record<string, string>> = {
      Y: String(time.year),
      m: two(time.month),
      d: two(time.day),
      e: String(time.day).padStart(2),
      H: two(time.hour),
      M: two(time.minute),
      S: two(time.second),
      T: `${two(time.hour)}:${two(time.minute)}:${two(time.second)}`,
      F: `${time.year}-${two(time.month)}-${two(time.day)}`,
      R: `${two(time.hour)}:${two(time.minute)}`,
      D: `${two(time.month)}/${two(time.day)}/${two(time.year % 100)}`,
      y: two(time.year % 100),
      n: '\n',
      t: '\t',
      a: weekdays[time.weekday] ?? '',
      b: months[time.month - 1] ?? '',
      s: String(Math.floor(moment / 1000)),
      N: `${String(time.millisecond).padStart(3, '0')}000000`,
      Z: 'UTC',
      z: '+0000',
      '%': '%',
    };
    stdout(`${format.replace(/%(.)/g, (all, letter: string) => parts[letter] ?? all)}\n`);
    return 0;
  }),
  basename: plain((args, { stdout }) => {
    const name = (args[0] ?? '').replace(/\/+$/, '').split('/').pop() ?? '';
    const suffix = args[1];
    stdout(`${suffix && name.endsWith(suffix) ? name.slice(0, -suffix.length) : name}\n`);
    return 0;
  }),
  dirname: plain((args, { stdout }) => {
    const path = (args[0] ?? '').replace(/\/+$/, '');
    const end = path.lastIndexOf('/');
    stdout(`${end < 0 ? '.' : path.slice(0, end) || '/'}\n`);
    return 0;
  }),
  clear: plain(() => 0),
  sysctl: plain((args, { scene, stdout, stderr }) => {
    const options = readOptions(args, { flags: ['n', 'w', 'a'] });
    let code = 0;
    for (const name of options.operands) {
      const value = sysctlValue(
        name,
        scene.kernel.namespaces().find((entry) => entry.id === scene.namespace)?.unprivilegedPortStart ?? 1024,
      );
      if (value === undefined) {
        stderr(`sysctl: cannot stat /proc/sys/${name.replaceAll('.', '/')}: No such file or directory\n`);
        code = 1;
      } else stdout(hasFlag(options, 'n') ? `${value}\n` : `${name} = ${value}\n`);
    }
    return code;
  }),
};

/** What `date -d` understands here: `@seconds`, a date of RFC 3339, `now`, `5 minutes ago`, `+1 hour`. */
function momentOf(text: string, now: number): number | undefined {
  if (/^@-?\d+$/.test(text)) return Number(text.slice(1)) * 1000;
  if (/^(?:now|today)?$/.test(text.trim())) return now;
  const span = /^([-+]?\d+) *(sec|second|min|minute|hour|day|week)s?( ago)?$/.exec(text.trim());
  if (span) {
    const units = { sec: 1, second: 1, min: 60, minute: 60, hour: 3600, day: 86_400, week: 604_800 };
    const [, count, unit = 'sec', ago] = span;
    return now + Number(count) * units[unit as keyof typeof units] * (ago ? -1000 : 1000); // the pattern names no other unit
  }
  const date = /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d)(:\d\d(?:\.\d+)?)?)? *(?:Z|UTC|([+-]\d\d:\d\d))?$/.exec(
    text.trim(),
  );
  return date ? parseRfc3339(`${date[1]}T${date[2] ?? '00:00'}${date[3] ?? ':00'}${date[4] ?? 'Z'}`) : undefined;
}

/** The few kernel settings that the network of a node rests on. portmap sets route_localnet for 127.0.0.1. */
function sysctlValue(name: string, unprivilegedPortStart: number): string | undefined {
  if (name === 'net.ipv4.ip_forward') return '1';
  if (name === 'net.ipv4.ip_unprivileged_port_start') return String(unprivilegedPortStart);
  if (/^net\.ipv4\.conf\.\w+\.route_localnet$/.test(name)) return name.includes('.lo.') ? '0' : '1';
  if (name === 'net.ipv4.ip_local_port_range') return '32768\t60999';
  return undefined;
}

/** `hostname -f`: the first name beside the own one in the hosts file. */
function fullName({ files, hostname }: Scene): string {
  const own = hostsLines(files.read('/etc/hosts') ?? '').find(({ names }) => names.includes(hostname));
  return own?.names[0] ?? hostname;
}
