import type { ShellCommand } from '../command';
import { resolveAt } from '../net/connect';
import { journeyOf } from '../net/journey';
import { lastValue, readOptions } from './options';

/** `ping -c N -W S HOST`: of iputils on a machine, of busybox in a container. Without `-c` it goes on for ever. */
export const ping: ShellCommand = {
  *run(args, context) {
    const options = readOptions(args, { flags: ['q', 'n', '4', '6'], withValue: ['c', 'W', 'w', 'i', 's', 'I'] });
    const name = options.operands[0] ?? '';
    const busybox = context.scene.busybox;
    const resolved = resolveAt(context, name);
    if (typeof resolved === 'string') {
      context.stderr(busybox ? `ping: bad address '${name}'\n` : `ping: ${name}: Name or service not known\n`);
      return busybox ? 1 : 2;
    }
    const address = resolved.addresses.find((one) => !one.includes(':')) ?? resolved.addresses[0] ?? '';
    context.stdout(`PING ${name} (${address})${busybox ? ': 56 data bytes' : ' 56(84) bytes of data.'}\n`);
    const count = Number(lastValue(options, 'c') ?? Infinity);
    const wait = Number(lastValue(options, 'W') ?? (busybox ? 10 : 10)) * 1000;
    const { cluster, scene } = context;
    const { clock, network } = cluster;
    const start = clock.now;
    let sent = 0;
    let received = 0;
    let errors = 0;
    while (sent < count) {
      const from = { kernel: scene.kernel, namespace: scene.namespace };
      const to = { protocol: 'ICMP', address, port: 0 } as const;
      const { walk } = network.request(from, to);
      // One way is as another: the first is enough to look at.
      if (sent === 0) context.session.walked?.(journeyOf(clock.now, from, to, walk));
      sent++;
      // Every machine that passes it on takes one off.
      const transits = walk.hops.filter(({ step }) => step === 'bridge' || step === 'wire').length;
      const ttl = 64 - Math.max(0, transits - 1);
      let pause = 1000;
      if (walk.result === 'answered') {
        received++;
        const line = busybox
          ? `64 bytes from ${address}: seq=${sent - 1} ttl=${ttl} time=0.100 ms`
          : `64 bytes from ${address}: icmp_seq=${sent} ttl=${ttl} time=0.100 ms`;
        context.stdout(`${line}\n`);
      } else if (walk.result === 'refused') {
        errors++;
        context.stderr('ping: sendmsg: Operation not permitted\n');
      } else if (walk.result === 'unreachable' && !busybox) {
        errors++;
        pause = 3060;
        context.stdout(`From ${walk.packet.source} icmp_seq=${sent} Destination Host Unreachable\n`);
      } else pause = Math.max(1000, wait);
      const last = sent >= count;
      if (last && (walk.result === 'answered' || walk.result === 'refused')) break;
      const until = clock.now + pause;
      while (clock.now < until) yield { until };
    }
    const loss = Math.round(((sent - received) / sent) * 100);
    const extra = errors > 0 ? ` +${errors} errors,` : '';
    const times = busybox ? '' : `, time ${clock.now - start}ms`;
    const packets = busybox ? 'packets received' : 'received';
    context.stdout(
      `\n--- ${name} ping statistics ---\n${sent} packets transmitted, ${received} ${packets},${extra} ${loss}% packet loss${times}\n`,
    );
    if (received > 0) {
      context.stdout(
        busybox
          ? 'round-trip min/avg/max = 0.100/0.100/0.100 ms\n'
          : 'rtt min/avg/max/mdev = 0.100/0.100/0.100/0.000 ms\n',
      );
    } else if (!busybox && errors > 0) context.stdout('\n');
    return received > 0 ? 0 : 1;
  },
};
