import type { Image } from '../catalogue';
import type { ProgramFile } from '../image';
import type { Program } from '../process';
import { script } from './script';
import { server } from './server';
import { entrypoint, sleeper } from './simple';
import { userland } from './userland';

/** Commands that are there in an image nobody described: nothing is known of it, so nothing is refused. */
const anything = ['sh', 'bash', 'sleep', 'echo', 'true', 'false', 'cat', 'tail'];

/** The program of a command line; undefined when the image has no such command. */
export function resolveProgram(argv: readonly string[], image: Image): Program | undefined {
  const name = basename(argv[0] ?? '');
  const described = image.programs[name];
  if (described) return programOf(name, described, image);
  const tools = image.file ? (image.file.tools ?? []) : anything;
  if (!tools.includes(name)) return undefined;
  if (name === 'sh' || name === 'bash' || name === 'ash') return script((words) => resolveProgram(words, image));
  return userland(name);
}

function programOf(name: string, file: ProgramFile, image: Image): Program {
  switch (file.kind) {
    case 'server':
      return server(name, file);
    case 'sleep':
      return sleeper(file);
    case 'entrypoint':
      return entrypoint(file, (argv) => resolveProgram(argv, image) ?? missing(argv[0] ?? ''));
  }
}

/** `exec` of a command that is not there, at the end of an entry-point script. */
function missing(command: string): Program {
  return function* run(handle) {
    handle.write('stderr', `/docker-entrypoint.sh: exec: line 47: ${command}: not found\n`);
    return 127;
  };
}

function basename(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
