import { type ShellCommand, plain } from '../command';
import { type SocketRow, socketRows } from '../net/socket-table';
import { type ServicesFile, serviceName } from '@/kubernetes/network/service-names';
import { routingTable } from './net-tools';
import { hasFlag, readOptions } from './options';

/** `netstat -tulnp`: of net-tools on a machine, of busybox in a container. */
export const netstat: ShellCommand = plain((args, context) => {
  const options = readOptions(args, { flags: ['t', 'u', 'l', 'n', 'p', 'a', 'e', 'W', 'w', 'x', 'r', 'i', 's'] });
  if (hasFlag(options, 'r')) return routingTable(context);
  const counters = ['i', 's'].find((flag) => hasFlag(options, flag));
  if (counters) {
    context.stderr(`netstat: -${counters} is not simulated: what goes through interfaces is not counted\n`);
    return 127;
  }
  const protocols = (['TCP', 'UDP'] as const).filter((protocol) => {
    const none = !hasFlag(options, 't', 'u');
    return none || hasFlag(options, protocol === 'TCP' ? 't' : 'u');
  });
  const busybox = context.scene.busybox;
  const programs = hasFlag(options, 'p');
  const kind = hasFlag(options, 'l')
    ? '(only servers)'
    : hasFlag(options, 'a')
      ? '(servers and established)'
      : '(w/o servers)';
  context.stdout(`Active Internet connections ${kind}\n`);
  context.stdout(
    `Proto Recv-Q Send-Q Local Address           Foreign Address         State       ${programs ? 'PID/Program name    ' : ''}\n`,
  );
  if (!hasFlag(options, 'l', 'a')) return 0;
  for (const row of socketRows(context, protocols))
    context.stdout(
      `${line(row, { busybox, programs, services: hasFlag(options, 'n') ? undefined : context.scene.kernel.services })}\n`,
    );
  return 0;
});

function line(
  { socket, holders }: SocketRow,
  { busybox, programs, services }: { busybox: boolean; programs: boolean; services: ServicesFile | undefined },
): string {
  const v6 = socket.address.includes(':');
  const protocol = `${socket.protocol.toLowerCase()}${v6 && !busybox ? '6' : ''}`;
  const port = services ? serviceName(String(socket.port), services) : String(socket.port);
  const local = `${socket.address}:${port}`.padEnd(23);
  const foreign = `${v6 ? '::' : '0.0.0.0'}:*`.padEnd(23);
  const state = (socket.protocol === 'UDP' ? '' : 'LISTEN').padEnd(11);
  const owner = holders.at(-1);
  const program = owner ? `${owner.pid}/${programName(owner.process.command, busybox)}` : '-';
  return `${protocol.padEnd(5)}      0      0 ${local} ${foreign} ${state} ${programs ? program.slice(0, 19).padEnd(20) : ''}`;
}

function programName(command: readonly string[], busybox: boolean): string {
  const first = command[0] ?? '';
  const name = first.includes(': ') ? first : (first.split('/').pop() ?? first);
  return busybox ? (name.split(' ')[0] ?? name) : name;
}
