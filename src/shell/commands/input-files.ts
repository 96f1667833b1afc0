import type { ShellContext } from '../command';
import { segmentTable } from './shared-memory';

/** A text to work on, and where it came from. */
export interface Source {
  readonly name: string;
  readonly text: string;
}

/**
 * The texts of the named files, or of standard input when none is named (`-` is standard input too). A file that
 * cannot be read is complained about as GNU's tools do, and left out.
 */
export function readSources(
  command: string,
  names: readonly string[],
  context: ShellContext,
): { readonly sources: readonly Source[]; readonly failed: boolean } {
  if (names.length === 0) return { sources: [{ name: '-', text: context.stdin }], failed: false };
  const sources: Source[] = [];
  let failed = false;
  for (const name of names) {
    if (context.files.reserved?.(name)) {
      failed = true;
      context.stderr(`${command}: ${name}: not simulated: of so big a file only the size is kept\n`);
      continue;
    }
    const text = name === '-' ? context.stdin : readFile(name, context);
    if (text !== undefined) sources.push({ name, text });
    else if (endless.test(name)) {
      failed = true;
      context.stderr(`${command}: ${name}: not simulated: it never ends; head -c takes a part of it\n`);
    } else {
      failed = true;
      const folder = context.files.list(name) !== undefined;
      const named = command === 'cat' && context.scene.busybox ? `can't open '${name}'` : name;
      context.stderr(`${command}: ${named}: ${folder ? 'Is a directory' : 'No such file or directory'}\n`);
    }
  }
  return { sources, failed };
}

/** Files that give as much as is asked for. */
export const endless = /^\/dev\/(?:zero|u?random)$/;

/** A file, or the one list of the kernel that commands write themselves. */
export function readFile(name: string, context: ShellContext): string | undefined {
  if (name === '/dev/null') return '';
  return name === '/proc/sysvipc/shm' ? segmentTable(context) : context.files.read(name);
}
