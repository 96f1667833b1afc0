import { type ShellCommand, type ShellContext, plain } from '../command';
import { type SeenProcess, processesAt } from '../proc/processes';
import { joinLines } from './text';

/** `ps`: busybox' table inside a container, procps' on a machine. Only the place's own PID namespace is seen. */
export const ps: ShellCommand = plain((args, context) => {
  const wanted = readArguments(args);
  if (wanted.help) context.stdout(usage);
  if (wanted.help) return 0;
  const rows = processesAt(context.scene).filter((one) => fits(one, wanted));
  if (context.scene.busybox) {
    context.stdout(joinLines(layOut(wanted.columns ?? ['pid', 'user', 'args'], rows, context, busyboxColumns)));
    return 0;
  }
  const layout = wanted.columns ?? layoutOf(args);
  const own = layout === briefLayout && wanted.pids === undefined && wanted.names === undefined && !wanted.every;
  // Without anything said, only what runs in one's own terminal: the shell.
  const number = String((rows.at(-1)?.pid ?? 1) + 3).padStart(7);
  if (own) context.stdout(`    PID TTY          TIME CMD\n${number} pts/0    00:00:00 bash\n`);
  else context.stdout(joinLines(layOut(layout, rows, context, procpsColumns, wanted.header)));
  return rows.length > 0 || own ? 0 : 1;
});

const usage = `
Usage:
 ps [options]

 Try 'ps --help <simple|list|output|threads|misc|all>'
  or 'ps --help <s|l|o|t|m|a>'
 for additional help text.

For more details see ps(1).
`;

interface Wanted {
  readonly columns?: readonly string[];
  readonly header: boolean;
  readonly pids?: readonly number[];
  readonly names?: readonly string[];
  readonly every: boolean;
  readonly help: boolean;
}

function readArguments(args: readonly string[]): Wanted {
  let columns: string[] | undefined;
  let header = true;
  let pids: number[] | undefined;
  let names: string[] | undefined;
  const flags: string[] = [];
  for (let i = 0; i < args.length; i++) {
    const word = args[i] ?? '';
    const value = () => args[++i] ?? '';
    const list = () => value().split(/[, ]+/);
    if (/^-?[a-zA-Z]*o$/.test(word) && word !== '--no') {
      flags.push(word.slice(0, -1));
      const named = list();
      header = !named.every((one) => one.endsWith('='));
      columns = [...(columns ?? []), ...named.map((one) => one.replace(/=.*$/, ''))];
    } else if (/^-?p$|^--pid$/.test(word)) pids = list().map(Number);
    else if (word === '-C') names = list();
    else if (/^--no-?headers?$/.test(word)) header = false;
    else flags.push(word);
  }
  const every = flags.some((word) => /^-?[a-zA-Z]*[aAex]/.test(word) && !word.startsWith('--'));
  const rest = { ...(columns ? { columns } : {}), ...(pids ? { pids } : {}), ...(names ? { names } : {}) };
  return { ...rest, header, every, help: flags.includes('--help') };
}

function fits({ pid, comm }: SeenProcess, { pids, names }: Wanted): boolean {
  if (pids) return pids.includes(pid);
  return names === undefined || names.includes(comm);
}

const briefLayout: readonly string[] = ['pid', 'tty', 'time', 'ucmd'];

function layoutOf(args: readonly string[]): readonly string[] {
  const words = args.filter((word) => !word.startsWith('--')).join(' ');
  if (/(^| )[axfw]*u/.test(words))
    return ['user', 'pid', '%cpu', '%mem', 'vsz', 'rss', 'tty8', 'stat', 'start', 'cputime', 'command'];
  if (/-\w*f/.test(words)) return ['uid8', 'pid', 'ppid', 'c', 'stime', 'tty', 'time', 'cmd'];
  if (/(^| )[afw]*x/.test(words)) return ['pid', 'tty8', 'stat', 'cputime', 'command'];
  return briefLayout;
}

interface Column {
  readonly title: string;
  /** Positive: to the left of its width; negative: to the right. */
  readonly width: number;
  readonly cell: (one: SeenProcess, context: ShellContext) => string;
}

const user = ({ uid }: SeenProcess) => (uid === 0 ? 'root' : String(uid));
const line = ({ command }: SeenProcess) => command.join(' ');
const fixed = (title: string, width: number, text: string): Column => ({ title, width, cell: () => text });

// ps/output.c of procps-ng
const procpsColumns: Readonly<Record<string, Column>> = {
  pid: { title: 'PID', width: -7, cell: ({ pid }) => String(pid) },
  ppid: { title: 'PPID', width: -7, cell: ({ parent }) => String(parent) },
  uid: { title: 'UID', width: -5, cell: ({ uid }) => String(uid) },
  user: { title: 'USER', width: 8, cell: user },
  uid8: { title: 'UID', width: 8, cell: user },
  comm: { title: 'COMMAND', width: 15, cell: ({ comm }) => comm },
  ucmd: { title: 'CMD', width: 15, cell: ({ comm }) => comm },
  args: { title: 'COMMAND', width: 27, cell: line },
  command: { title: 'COMMAND', width: 27, cell: line },
  cmd: { title: 'CMD', width: 27, cell: line },
  tty: fixed('TTY', 8, '?'),
  tty8: fixed('TTY', 8, '?'),
  time: fixed('TIME', -8, '00:00:00'),
  cputime: fixed('TIME', -6, '0:00'),
  c: fixed('C', -2, '0'),
  // Neither the load nor the memory of processes is simulated.
  '%cpu': fixed('%CPU', -4, '0.0'),
  '%mem': fixed('%MEM', -4, '0.0'),
  vsz: fixed('VSZ', -6, '0'),
  rss: fixed('RSS', -5, '0'),
  stat: { title: 'STAT', width: 4, cell: ({ process, pid }) => (process || pid === 1 ? 'Ss' : 'S') },
  stime: { title: 'STIME', width: -5, cell: startOf },
  start: { title: 'START', width: -5, cell: startOf },
};

// procps/ps.c of busybox
const busyboxColumns: Readonly<Record<string, Column>> = {
  pid: { title: 'PID', width: -5, cell: ({ pid }) => String(pid) },
  ppid: { title: 'PPID', width: -5, cell: ({ parent }) => String(parent) },
  user: { title: 'USER', width: 8, cell: user },
  comm: { title: 'COMMAND', width: 16, cell: ({ comm }) => comm },
  args: { title: 'COMMAND', width: 256, cell: line },
};

function layOut(
  names: readonly string[],
  rows: readonly SeenProcess[],
  context: ShellContext,
  known: Readonly<Record<string, Column>>,
  header = true,
): string[] {
  const columns = names.flatMap((name) => known[name] ?? []);
  const cellsOf = (text: (column: Column) => string, titles: boolean) =>
    columns
      .map((column, i) => {
        const value = text(column);
        if (i === columns.length - 1 && column.width > 0) return value;
        const left = column.width > 0 || (titles && known === busyboxColumns);
        return left ? value.padEnd(Math.abs(column.width)) : value.padStart(-column.width);
      })
      .join(' ');
  const lines = rows.map((row) => cellsOf((column) => column.cell(row, context), false));
  return header ? [cellsOf((column) => column.title, true), ...lines] : lines;
}

/** When a process began, as far as that is kept: of a container's, when it started; else with the machine. */
function startOf({ process }: SeenProcess, { cluster, scene }: ShellContext): string {
  const record = process?.container ? cluster.runtimes.get(scene.kernel.host)?.container(process.container) : undefined;
  return cluster.clock.timestamp(record?.startedAt ?? 0).slice(11, 16);
}
