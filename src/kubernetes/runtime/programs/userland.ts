import type { Program } from '../process';
import { fill, times } from '../template';
import { untilTerminated } from './simple';

const known = ['sleep', 'tail', 'pause', 'echo', 'cat', 'hostname', 'env', 'printenv', 'date', 'true', ':', 'false'];

/** Whether a command needs no shell to be run. */
export function isUserland(name: string): boolean {
  return known.includes(name);
}

/** Commands without a server in them, as a container's own command or as a line of its script. */
export function userland(name: string): Program {
  switch (name) {
    case 'sleep':
      return function* run(handle) {
        const duration = durationOf(handle.argv.slice(1));
        if (Number.isNaN(duration)) {
          handle.write('stderr', `sleep: invalid number '${handle.argv[1] ?? ''}'\n`);
          return 1;
        }
        return yield* untilTerminated(handle, duration);
      };
    case 'tail':
    case 'pause':
      return (handle) => untilTerminated(handle);
    case 'echo':
      return function* run(handle) {
        const newline = handle.argv[1] !== '-n';
        handle.write('stdout', handle.argv.slice(newline ? 1 : 2).join(' ') + (newline ? '\n' : ''));
        return 0;
      };
    case 'cat':
      return function* run(handle) {
        let code = 0;
        for (const path of handle.argv.slice(1)) {
          const text = handle.read(path);
          if (text === undefined) handle.write('stderr', `cat: can't open '${path}': No such file or directory\n`);
          if (text === undefined) code = 1;
          handle.write('stdout', text ?? '');
        }
        return code;
      };
    case 'hostname':
      return function* run(handle) {
        handle.write('stdout', `${handle.hostname}\n`);
        return 0;
      };
    case 'env':
    case 'printenv':
      return function* run(handle) {
        handle.write('stdout', [...handle.environment].map(([key, value]) => `${key}=${value}\n`).join(''));
        return 0;
      };
    case 'date':
      return function* run(handle) {
        handle.write('stdout', fill('${time.date}\n', times(handle.date)));
        return 0;
      };
    case 'true':
    case ':':
      return constant(0);
    case 'false':
      return constant(1);
    default:
      return function* run(handle) {
        handle.write('stderr', `${name}: what this command does in a container is not simulated\n`);
        return 0;
      };
  }
}

function constant(code: number): Program {
  return function* run() {
    return code;
  };
}

/** `3600`, `1.5`, `2m`, `infinity` in milliseconds; several are added up. */
function durationOf(words: readonly string[]): number | undefined {
  if (words[0] === 'infinity' || words[0] === 'inf') return undefined;
  if (words.length === 0) return Number.NaN;
  const units: Record<string, number> = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };
  let total = 0;
  for (const word of words) {
    const match = /^(\d*\.?\d+)([smhd]?)$/.exec(word);
    total += match ? Number(match[1]) * (units[match[2] || 's'] ?? 1000) : Number.NaN;
  }
  return total;
}
