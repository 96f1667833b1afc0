import type { ProcessHandle } from '../../process';
import { fill, times } from '../../template';

/** Writes a line of the error log as nginx begins it: time, level, the PID of the process that says it. */
export function writeError(
  handle: ProcessHandle,
  level: string,
  text: string,
  pid: number | string = handle.process.innerPid,
): void {
  handle.write('stderr', `${fill('${time.nginx}', times(handle.date))} [${level}] ${pid}#${pid}: ${text}\n`);
}
