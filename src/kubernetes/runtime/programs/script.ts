import type { Task } from '../../clock/task';
import type { ProcessHandle, Program } from '../process';

/** Runs a command line inside a container as its own process: given by whoever has a shell (`ClusterOptions`). */
export type CommandRunner = (handle: ProcessHandle, argv: readonly string[]) => Task<number>;

/**
 * `sh -c '…'` where no shell was given: simple commands one after another, and `exit`. Anything else says in the
 * container's log that it is not simulated.
 */
export function script(find: (argv: readonly string[]) => Program | undefined): Program {
  return function* run(handle: ProcessHandle): Task<number> {
    if (handle.argv[1] !== '-c') return 0;
    let code = 0;
    for (const line of (handle.argv[2] ?? '').split(/;|\n/)) {
      const words = line.trim().split(/\s+/);
      if (words[0] === '') continue;
      if (words[0] === 'exit') return Number(words[1] ?? code);
      const program = find(words);
      if (program) code = yield* program(handle.become(words));
      else {
        handle.write('stderr', `sh: ${words[0] ?? ''}: not found (or not simulated here)\n`);
        code = 127;
      }
    }
    return code;
  };
}
