import { type ShellCommand, plain } from '../command';
import { hasProgram } from '../programs';
import { commands } from './index';
import { unsimulated } from './unsimulated';

/** `which NAME…`, `command -v NAME`. */
export const which: ShellCommand = plain((args, { scene, stdout }) => {
  let code = 0;
  for (const name of args) {
    const known =
      Object.hasOwn(commands, name) &&
      !Object.hasOwn(unsimulated, name) &&
      (hasProgram(scene, name) || commands[name]?.builtin);
    if (known) stdout(`/usr/bin/${name}\n`);
    else code = 1;
  }
  return code;
});
