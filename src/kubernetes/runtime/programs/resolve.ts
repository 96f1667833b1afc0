import type { Image } from '../catalogue';
import type { ProgramFile } from '../image';
import type { Program } from '../process';
import { type CommandRunner, script } from './script';
import { server } from './server';
import { entrypoint, sleeper } from './simple';
import { isUserland, userland } from './userland';

/** What a container of an image that nobody described writes to its log. */
export const undescribed = 'portbound: this image is not described; it is simulated as a sleeping process';

const shells = ['sh', 'bash', 'ash', 'zsh', 'dash'];

/** The program of a command line; undefined when the image has no such command. */
export function resolveProgram(argv: readonly string[], image: Image, run?: CommandRunner): Program | undefined {
  const name = basename(argv[0] ?? '');
  const described = image.programs[name];
  if (described) return programOf(name, described, image, run);
  const isShell = shells.includes(name);
  if (!image.file && !isShell && !isUserland(name)) return sleeper({ kind: 'sleep', log: [undescribed] });
  if (image.file && !(image.file.tools ?? []).includes(name)) return undefined;
  if (isShell && argv[1] !== '-c') return script(() => undefined);
  // Zeros have no end of line: whoever waits for one keeps them all.
  const isEndless = run !== undefined && name === 'tail' && argv.includes('/dev/zero');
  if (isUserland(name) && !isEndless) return userland(name);
  if (run) return (handle) => run(handle, handle.argv);
  return isShell ? script((words) => resolveProgram(words, image)) : userland(name);
}

/**
 * The program of a command that is run in a container beside its own. What a program does in an image that nobody
 * described is not known: it says so, and fails.
 */
export function programInside(argv: readonly string[], image: Image, run?: CommandRunner): Program | undefined {
  const name = basename(argv[0] ?? '');
  // A shell that was given words its tools' complaints as those of the image do.
  if (run && image.file?.tools?.includes(name) && !image.programs[name]) return (handle) => run(handle, handle.argv);
  if (image.file || shells.includes(name) || isUserland(name)) return resolveProgram(argv, image, run);
  return function* refuse(handle) {
    handle.write('stderr', `portbound: this image is not described; what ${name} does in it is not simulated\n`);
    return 127;
  };
}

function programOf(name: string, file: ProgramFile, image: Image, run?: CommandRunner): Program {
  switch (file.kind) {
    case 'server':
      return server(name, file);
    case 'sleep':
      return sleeper(file);
    case 'entrypoint':
      return entrypoint(file, (argv) => resolveProgram(argv, image, run) ?? missing(argv[0] ?? ''));
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
