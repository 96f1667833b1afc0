import { type ShellCommand, type ShellCommands, plain } from '../command';
import { hasProgram } from '../programs';
import type { Scene } from '../scene';
import { unsimulated } from './unsimulated';

/** What tells of the other commands: `which NAME…`, `command -v NAME`, bash's `type NAME…`, and `help`. */
export function tellers(commands: () => ShellCommands): ShellCommands {
  const simulated = (name: string): ShellCommand | undefined =>
    Object.hasOwn(commands(), name) && !Object.hasOwn(unsimulated, name) ? commands()[name] : undefined;
  const typeable = (name: string, scene: Scene): boolean => {
    const command = simulated(name);
    return command !== undefined && (hasProgram(scene, name) || command.builtin === true);
  };
  const which = plain((args, { scene, stdout }) => {
    let code = 0;
    for (const name of args) {
      if (typeable(name, scene)) stdout(`/usr/bin/${name}\n`);
      else code = 1;
    }
    return code;
  });
  const type = plain((args, { session, scene, stdout, stderr }) => {
    let code = 0;
    for (const name of args.filter((word) => !word.startsWith('-'))) {
      if (session.functions.has(name)) stdout(`${name} is a function\n`);
      else if (simulated(name)?.builtin) stdout(`${name} is a shell builtin\n`);
      else if (typeable(name, scene)) stdout(`${name} is /usr/bin/${name}\n`);
      else {
        stderr(`${session.shell}: type: ${name}: not found\n`);
        code = 1;
      }
    }
    return code;
  });
  const help = plain((_args, { scene, stdout }) => {
    const names = Object.keys(commands())
      .filter((name) => /^[a-z]/.test(name) && typeable(name, scene))
      .sort();
    stdout('Commands that are simulated here:\n');
    for (let start = 0; start < names.length; start += 8) {
      const row = names.slice(start, start + 8).map((name) => name.padEnd(14));
      stdout(`  ${row.join('').trimEnd()}\n`);
    }
    return 0;
  });
  return { which, type: { ...type, builtin: true }, help: { ...help, builtin: true } };
}
