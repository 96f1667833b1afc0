import { serviceName } from '@/kubernetes/network/service-names';
import type { ShellCommand } from '../command';
import { connect, resolveAt } from '../net/connect';
import { serve } from '../net/serve';
import { hasFlag, lastValue, readOptions } from './options';

/** OpenBSD's nc: `nc [-uvzN] [-w S] HOST PORT`, `nc -l [-k] [-s ADDRESS] PORT`. */
export const nc: ShellCommand = {
  *run(args, context) {
    const options = readOptions(args, {
      flags: ['u', 'l', 'v', 'z', 'k', 'n', 'N', '4', '6'],
      withValue: ['w', 'p', 's', 'q'],
    });
    const protocol = hasFlag(options, 'u') ? 'UDP' : 'TCP';
    if (hasFlag(options, 'l')) {
      const port = Number(lastValue(options, 'p') ?? options.operands.at(-1));
      const text = context.stdin;
      const address = lastValue(options, 's') ?? '0.0.0.0';
      return yield* serve(
        context,
        'nc',
        { protocol, address, port, backlog: 1, app: () => ({ data: text }) },
        (error) => (error === 'EADDRINUSE' ? 'nc: Address already in use' : 'nc: Permission denied'),
      );
    }
    const [host = '', portText = ''] = options.operands;
    const port = Number(portText);
    const resolved = resolveAt(context, host);
    if (typeof resolved === 'string' || !(port > 0)) {
      context.stderr(`nc: getaddrinfo for host "${host}" port ${portText}: Name or service not known\n`);
      return 1;
    }
    const wait = lastValue(options, 'w');
    const { now } = context.cluster.clock;
    // UDP is tried for a second where something is to be said of it (`udptest`).
    const tried = protocol === 'UDP' && hasFlag(options, 'v', 'z') ? now + 1000 : now;
    const goesOn =
      protocol === 'UDP' && hasFlag(options, 'z') ? 0 : wait === undefined ? Infinity : Number(wait) * 1000;
    const deadline = tried + goesOn;
    const data = hasFlag(options, 'z') ? undefined : context.stdin;
    const ask = protocol === 'UDP' && data === '' ? {} : { data: data ?? '' };
    const { result, address, response } = yield* connect(context, resolved.addresses, port, protocol, ask, deadline);
    const kind = protocol.toLowerCase();
    // A UDP client only hears that nobody listens, and says nothing of it; where no answer comes all is well.
    if (protocol === 'UDP' && result === 'refused') return hasFlag(options, 'v', 'z') ? 1 : 0;
    if (result !== 'answered' && (protocol === 'TCP' || result === 'no route')) {
      if (hasFlag(options, 'v')) {
        const why = {
          refused: 'Connection refused',
          timeout: 'Connection timed out',
          unreachable: 'No route to host',
          'no route': 'Network is unreachable',
        }[result];
        context.stderr(`nc: connect to ${host} port ${port} (${kind}) failed: ${why}\n`);
      }
      return 1;
    }
    if (hasFlag(options, 'v')) {
      const known = hasFlag(options, 'n') ? portText : serviceName(portText, context.scene.kernel.services);
      const service = known === portText ? '*' : known;
      const where = `${host}${address === host ? '' : ` (${address})`}`;
      context.stderr(`Connection to ${where} ${port} port [${kind}/${service}] succeeded!\n`);
    }
    if (!hasFlag(options, 'z')) context.stdout(response?.data ?? (response?.http ? response.http.body : ''));
    // A UDP client cannot know that nothing more will come: it waits.
    if (protocol === 'UDP' && deadline !== Infinity)
      while (context.cluster.clock.now < deadline) yield { until: deadline };
    return 0;
  },
};
