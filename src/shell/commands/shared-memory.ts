import { type ShellCommand, type ShellContext, plain } from '../command';
import { hasFlag, lastValue, readOptions } from './options';
import { joinLines, linesOf } from './text';

/** Where the segments of an IPC namespace are listed; the file is the state. */
const TABLE = '/proc/sysvipc/shm';

// ipc/shm.c, sysvipc_shm_proc_show
const head =
  '       key      shmid perms                  size  cpid  lpid nattch   uid   gid  cuid  cgid      atime      dtime      ctime                   rss                  swap';

/** The text of /proc/sysvipc/shm in the place's IPC namespace. */
export function segmentTable({ files }: Pick<ShellContext, 'files'>): string {
  return files.read(TABLE) ?? `${head}\n`;
}

interface Segment {
  readonly id: string;
  readonly perms: string;
  readonly size: string;
  readonly line: string;
}

function segments(context: ShellContext): Segment[] {
  return linesOf(segmentTable(context))
    .slice(1)
    .map((line) => {
      const [, id = '', perms = '', size = ''] = line.trim().split(/\s+/);
      return { id, perms, size, line };
    });
}

function store(context: ShellContext, lines: readonly string[]): void {
  context.files.write(TABLE, joinLines([head, ...lines]));
}

/** `ipcmk -M`, `ipcs -m`, `ipcrm -m`: System V shared memory, which `hostIPC` shares with the node. */
export const sharedMemory: Readonly<Record<string, ShellCommand>> = {
  ipcmk: plain((args, context) => {
    const options = readOptions(args, { flags: [], withValue: ['M', 'p', 'shmem', 'mode'] });
    const size = lastValue(options, 'M', 'shmem');
    if (size === undefined) {
      context.stderr('ipcmk: only shared memory (-M SIZE) is simulated\n');
      return 1;
    }
    const all = segments(context);
    const id = all.reduce((highest, { id: other }) => Math.max(highest, Number(other)), 0) + 1;
    const key = context.cluster.random.stream(`ipc/${context.cluster.clock.now}/${id}`).below(2 ** 31);
    const perms = (lastValue(options, 'p', 'mode') ?? '0644').replace(/^0+/, '');
    const columns = [String(key).padStart(10), String(id).padStart(10), ` ${perms.padStart(4)}`, size.padStart(21)];
    const rest =
      '    1     0      0     0     0     0     0          0          0          0                     0                     0';
    store(context, [...all.map(({ line }) => line), `${columns.join(' ')} ${rest}`]);
    context.stdout(`Shared memory id: ${id}\n`);
    return 0;
  }),
  ipcs: plain((_args, context) => {
    const rows = segments(context).map(({ id, perms, size, line }) => {
      const key = `0x${Number(line.trim().split(/\s+/)[0]).toString(16).padStart(8, '0')}`;
      return `${key.padEnd(10)} ${id.padEnd(10)} ${'root'.padEnd(10)} ${perms.padEnd(10)} ${size.padEnd(10)} ${'0'.padEnd(10)}`;
    });
    const columns = 'key        shmid      owner      perms      bytes      nattch     status      ';
    context.stdout(joinLines(['', '------ Shared Memory Segments --------', columns, ...rows, '']));
    return 0;
  }),
  ipcrm: plain((args, context) => {
    const options = readOptions(args, { flags: ['a'], withValue: ['m'] });
    const wanted = options.values.get('m') ?? [];
    const all = segments(context);
    const kept = all.filter(({ id }) => !hasFlag(options, 'a') && !wanted.includes(id));
    if (kept.length === all.length) {
      context.stderr(`ipcrm: invalid id (${wanted.join(' ')})\n`);
      return 1;
    }
    store(
      context,
      kept.map(({ line }) => line),
    );
    return 0;
  }),
};
