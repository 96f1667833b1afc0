import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { main } from '@/cli/commands';
import { temporaryFolder } from '../temporary-folder';

/** Calls the command line in a folder of its own with the given files. */
export async function portbound(args: readonly string[], files: Readonly<Record<string, string | Uint8Array>> = {}) {
  const cwd = temporaryFolder();
  for (const [name, content] of Object.entries(files)) writeFileSync(join(cwd, name), content);
  let stdout = '';
  let stderr = '';
  const exitCode = await main(args, {
    cwd,
    stdout: (text) => {
      stdout += text;
    },
    stderr: (text) => {
      stderr += text;
    },
  });
  return { stdout, stderr, exitCode, cwd };
}
