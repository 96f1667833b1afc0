import { HOST } from '@/kubernetes/network/host';
import type { Process } from '@/kubernetes/network/kernel';
import { type ShellCommand, type ShellContext, plain } from '../command';
import { joinLines } from './text';

/** `ps`: busybox's table inside a container, procps' on a machine. Only the place's own PID namespace is seen. */
export const ps: ShellCommand = plain((args, context) => {
  const rows = visible(context);
  const columns = /^-?o$/.test(args[0] ?? '') ? args[1]?.split(',') : undefined;
  const short = context.scene.busybox;
  const words = args.join(' ');
  if (columns) context.stdout(joinLines(table(columns, rows)));
  else if (short) {
    const lines = rows.map(
      ({ pid, process }) => `${String(pid).padStart(5)} ${user(process).padEnd(8)}${process.command.join(' ')}`,
    );
    context.stdout(joinLines(['PID   USER     COMMAND', ...lines]));
  } else if (/a/.test(words) || /e/.test(words)) {
    const lines = rows.map(
      ({ pid, process }) =>
        `${user(process).padEnd(8)} ${String(pid).padStart(7)} ${String(process.parent).padStart(7)} ?        00:00:00 ${process.command.join(' ')}`,
    );
    context.stdout(joinLines(['UID          PID    PPID TTY          TIME CMD', ...lines]));
  } else
    context.stdout(
      joinLines([
        '    PID TTY          TIME CMD',
        `${String(rows.at(-1)?.pid ?? 1).padStart(7)} pts/0    00:00:00 bash`,
      ]),
    );
  return 0;
});

interface Row {
  readonly pid: number;
  readonly process: Process;
}

function visible({ scene }: ShellContext): Row[] {
  const namespace = scene.process?.pidNamespace ?? HOST;
  const all = scene.kernel.processes();
  if (namespace === HOST) return all.map((process) => ({ pid: process.pid, process }));
  return all
    .filter((process) => process.pidNamespace === namespace)
    .map((process) => ({ pid: process.innerPid, process }));
}

function user(process: Process): string {
  return process.uid === 0 ? 'root' : String(process.uid);
}

function table(columns: readonly string[], rows: readonly Row[]): string[] {
  const cell = (column: string, { pid, process }: Row): string => {
    switch (column) {
      case 'pid':
        return String(pid);
      case 'ppid':
        return String(process.parent);
      case 'user':
        return user(process);
      case 'comm':
        return process.comm;
      default:
        return process.command.join(' ');
    }
  };
  return [
    columns.map((column) => column.toUpperCase()).join(' '),
    ...rows.map((row) => columns.map((column) => cell(column, row)).join(' ')),
  ].map((line) => line.replace(/^COMM$/, 'COMMAND'));
}
