import type { Device, ProcessHandle } from '../process';
import { fill, type Table, type Values } from '../template';

/**
 * What a Prometheus client library answers at `/metrics`, from a shorter form of it. A line `NAME TYPE HELP` begins a
 * family; the lines under it, each behind a space, are its samples: `[@EACH ][_SUFFIX ][{LABELS} ]VALUE`.
 * `@device`, `@wired`, `@neighbour`, `@cpu` and `@collector` repeat the samples next to one another for each of the
 * machine's, with what is known of it in the names `${device}`, `${cpu}` …; `%0.2` is a share of the machine's memory.
 * The first line of a page names the collectors: `@collector arp bonding=0 …` (0: it found nothing to tell).
 */
export function exposition(page: string, handle: ProcessHandle, values: readonly Values[]): string {
  const things = thingsOf(handle);
  const out: string[] = [];
  let family = '';
  let group: { each: string; samples: string[] } | undefined;
  const endGroup = (): void => {
    if (!group) return;
    for (const thing of things(group.each)) {
      for (const sample of group.samples) out.push(family + fill(sample, thing, machine, ...values));
    }
    group = undefined;
  };
  let head: string[] = [];
  const { memoryBytes, cpus, date, now } = handle;
  const machine = { cpus: String(cpus), time: goFloat(date / 1000), boot: goFloat((date - now) / 1000) };
  for (const line of page.split('\n')) {
    if (line.startsWith('@collector ')) continue;
    if (!line.startsWith(' ')) {
      endGroup();
      const [, name = '', type = '', help = ''] = /^(\S+) (\S+) (.*)$/.exec(line) ?? [];
      family = name;
      head = name === '' ? [] : [`# HELP ${name} ${help}`, `# TYPE ${name} ${type}`];
      continue;
    }
    const [, each = '', suffix = '', labels = '', value = ''] = sampleForm.exec(line) ?? [];
    if (group?.each !== each) endGroup();
    if (things(each).length === 0) continue;
    out.push(...head.splice(0));
    const number = value.startsWith('%') ? goFloat(Math.round(memoryBytes * Number(value.slice(1)))) : value;
    group ??= { each, samples: [] };
    group.samples.push(`${suffix}${labels} ${number}`);
  }
  endGroup();
  return `${out.join('\n')}\n`;

  function thingsOf(of: ProcessHandle): (each: string) => readonly Table[] {
    const devices = of.interfaces().toSorted((a, b) => (a.name < b.name ? -1 : 1));
    const collectors = (/^@collector (.*)$/m.exec(page)?.[1] ?? '').split(' ');
    const byName: Readonly<Record<string, () => readonly Table[]>> = {
      device: () => devices.map(deviceTable),
      wired: () => devices.filter(({ kind }) => kind !== 'loopback').map(deviceTable),
      // Only who sends by itself has neighbours: not the far end of a Pod's cable.
      neighbour: () =>
        devices.filter(({ kind, carrier }) => carrier && /^(ethernet|bridge)$/.test(kind)).map(deviceTable),
      cpu: () => Array.from({ length: of.cpus }, (_, i) => ({ cpu: String(i) })),
      collector: () =>
        collectors.map((one) => ({ collector: one.replace('=0', ''), success: one.endsWith('=0') ? '0' : '1' })),
    };
    return (each) => byName[each]?.() ?? [{}];
  }
}

const sampleForm = /^ (?:@(\w+) )?(?:(_\w+) ?)?(\{.*\})? ?(\S+)$/;

/** Documentation/ABI/testing/sysfs-class-net, include/uapi/linux/if.h */
function deviceTable({ index, name, kind, mac, mtu, peer, carrier }: Device): Table {
  const loopback = kind === 'loopback';
  const wired = kind === 'ethernet' || kind === 'veth';
  return {
    device: name,
    mac,
    broadcast: loopback ? '00:00:00:00:00:00' : 'ff:ff:ff:ff:ff:ff',
    operstate: loopback ? 'unknown' : carrier ? 'up' : 'down',
    up: carrier && !loopback ? '1' : '0',
    carrier: carrier ? '1' : '0',
    index: String(index),
    link: String(peer?.index ?? index),
    mtu: String(mtu ?? (loopback ? 65_536 : 1500)),
    flags: loopback ? '9' : '4099',
    type: loopback ? '772' : '1',
    duplex: loopback ? '' : wired ? 'full' : 'unknown',
    speed: wired ? '1.25e+09' : carrier ? '1.25e+09' : '-125000',
    assigned: loopback ? '0' : kind === 'ethernet' ? '0' : '3',
    named: loopback ? '2' : '3',
  };
}

/** A number as client_golang writes it, by `strconv.AppendFloat(x, 'g', -1, 64)`: from a million on with an exponent of two digits. */
export function goFloat(value: number): string {
  if (Math.abs(value) < 1e6) return String(value);
  return value.toExponential().replace(/e\+(\d)$/, 'e+0$1');
}
