import type { Task } from '../../clock/task';
import type { ProcessHandle, Program } from '../process';

/** Stand-in until the parser is in: `sh -c` of one line of simple commands. */
export function script(find: (argv: readonly string[]) => Program | undefined): Program {
  return function* run(handle: ProcessHandle): Task<number> {
    if (handle.argv[1] !== '-c') return 0;
    let code = 0;
    for (const line of (handle.argv[2] ?? '').split(/;|\n/)) {
      const words = line.trim().split(/\s+/);
      if (words[0] === '') continue;
      if (words[0] === 'exit') return Number(words[1] ?? code);
      const program = find(words);
      if (!program) {
        handle.write('stderr', `sh: ${words[0] ?? ''}: not found\n`);
        code = 127;
      } else code = yield* program(handle.become(words));
    }
    return code;
  };
}
