import { type ShellCommand, plain } from '../command';
import { hasProgram } from '../programs';
import { commands } from './index';
import { unsimulated } from './unsimulated';

/** `help`: what can be typed at this place. */
export const help: ShellCommand = {
  ...plain((_args, { scene, stdout }) => {
    const names = Object.keys(commands)
      .filter(
        (name) =>
          /^[a-z]/.test(name) &&
          !Object.hasOwn(unsimulated, name) &&
          (hasProgram(scene, name) || commands[name]?.builtin),
      )
      .sort();
    stdout('Commands that are simulated here:\n');
    for (let start = 0; start < names.length; start += 8) {
      stdout(
        `  ${names
          .slice(start, start + 8)
          .map((name) => name.padEnd(14))
          .join('')
          .trimEnd()}\n`,
      );
    }
    return 0;
  }),
  builtin: true,
};
