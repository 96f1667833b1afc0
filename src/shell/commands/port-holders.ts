import { serviceName } from '@/kubernetes/network/service-names';
import { type ShellCommand, type ShellContext, plain } from '../command';
import { type SocketRow, socketRows } from '../net/socket-table';
import { joinLines } from './text';

/** `lsof -i` and `fuser PORT/tcp`: who holds a port. Files that are open otherwise are not simulated. */
export const portHolders: Readonly<Record<string, ShellCommand>> = {
  // lsof, src/print.c; the device, an inode's number, is not simulated
  lsof: plain((args, context) => {
    const words = args.join(' ').replace(/(^| )-i +(?=[\d:tTuU@46])/g, '$1-i');
    const [, family, protocol, ports] = /(?:^| )-[nP]*i([46]?)(tcp|udp)?(?::([\d,-]+))?(?: |$)/i.exec(words) ?? [];
    if (family === undefined || /-[a-zA-Z]*[pucdU]/.test(words.replace(/-i\S*/, ''))) {
      context.stderr('lsof: only lsof -i[46][tcp|udp][:PORT] [-nP] is simulated\n');
      return 127;
    }
    const fits = (port: number) => ports === undefined || ports.split(',').some((range) => inRange(port, range));
    const rows = rowsOf(context, protocol).filter(
      ({ socket }) => fits(socket.port) && (family === '' || (family === '6') === socket.address.includes(':')),
    );
    const numeric = args.some((word) => /^-[a-zA-Z]*P/.test(word));
    // Process by process, and in each the descriptors in their order.
    const held = rows
      .flatMap(({ socket, holders }) => holders.map((holder) => ({ socket, ...holder })))
      .sort((a, b) => a.pid - b.pid || a.fd - b.fd);
    const lines = held.map(({ socket, process, pid, fd }) => {
      const kind = socket.address.includes(':') ? 'IPv6' : 'IPv4';
      const address = ['0.0.0.0', '::'].includes(socket.address) ? '*' : bracketed(socket.address);
      const state = socket.protocol === 'TCP' ? ' (LISTEN)' : '';
      const user = process.uid === 0 ? 'root' : String(process.uid);
      const port = numeric ? String(socket.port) : serviceName(String(socket.port), context.scene.kernel.services);
      const name = `${address}:${port}${state}`;
      return [process.comm.slice(0, 9), String(pid), user, `${fd}u`, kind, '-', '0t0', socket.protocol, name];
    });
    if (lines.length === 0) return 1;
    context.stdout(columns([['COMMAND', 'PID', 'USER', 'FD', 'TYPE', 'DEVICE', 'SIZE/OFF', 'NODE', 'NAME'], ...lines]));
    return 0;
  }),
  // psmisc, src/fuser.c: the names go to standard error, the numbers to standard output
  fuser: plain((args, context) => {
    const names = args.filter((word) => !word.startsWith('-'));
    const space = args.includes('-n') ? names.shift() : undefined;
    const wanted = names.map((name) => /^(\d+)(?:\/(tcp|udp))?$/.exec(space ? `${name}/${space}` : name));
    if (wanted.length === 0 || args.some((word) => /^-[^n4]/.test(word)) || wanted.some((one) => !one?.[2])) {
      context.stderr('fuser: only fuser PORT/tcp and PORT/udp are simulated\n');
      return 127;
    }
    let found = false;
    for (const [, port, protocol] of wanted.flatMap((one) => (one ? [one] : []))) {
      const rows = rowsOf(context, protocol).filter(({ socket }) => socket.port === Number(port));
      const pids = [...new Set(rows.flatMap(({ holders }) => holders.map(({ pid }) => pid)))].sort((a, b) => a - b);
      if (pids.length === 0) continue;
      found = true;
      context.stderr(`${`${port ?? ''}/${protocol ?? ''}:`.padEnd(21)}`);
      context.stdout(pids.map((pid) => ` ${String(pid).padStart(5)}`).join(''));
      context.stderr('\n');
    }
    return found ? 0 : 1;
  }),
};

function rowsOf(context: ShellContext, protocol: string | undefined): SocketRow[] {
  const kind = protocol?.toUpperCase();
  return socketRows(context, kind === 'UDP' ? ['UDP'] : kind === 'TCP' ? ['TCP'] : ['TCP', 'UDP']);
}

function inRange(port: number, range: string): boolean {
  const [first, last = first] = range.split('-').map(Number);
  return first !== undefined && last !== undefined && first <= port && port <= last;
}

function bracketed(address: string): string {
  return address.includes(':') ? `[${address}]` : address;
}

/** Names to the left, numbers to the right, as lsof sets them; its last column is as wide as it is. */
function columns(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_cell, at) => Math.max(...rows.map((row) => row[at]?.length ?? 0)));
  return joinLines(
    rows.map((row) =>
      row
        .map((cell, at) => {
          if (at === row.length - 1) return cell;
          return at === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[at] ?? 0);
        })
        .join(' '),
    ),
  );
}
