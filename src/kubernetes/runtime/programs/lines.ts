import type { Task } from '../../clock/task';
import type { LogFile } from '../image';
import { pause, type ProcessHandle } from '../process';
import { fill, type Values } from '../template';

/** Writes the lines of an image file, in their time. */
export function* writeLines(
  handle: ProcessHandle,
  lines: readonly LogFile[] | undefined,
  values: (handle: ProcessHandle) => readonly Values[],
): Task<void> {
  for (const line of lines ?? []) {
    if (typeof line !== 'string' && line.after) yield* pause(handle, handle.now + line.after);
    writeLine(handle, line, values(handle));
  }
}

export function writeLine(handle: ProcessHandle, line: LogFile, values: readonly Values[]): void {
  const text = typeof line === 'string' ? line : line.text;
  handle.write(typeof line === 'string' ? 'stdout' : (line.stream ?? 'stdout'), `${fill(text, ...values)}\n`);
}
