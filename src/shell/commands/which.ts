import { type ShellCommand, plain } from '../command';
import { commands } from './index';

/** `which NAME…`, `command -v NAME`. */
export const which: ShellCommand = plain((args, { scene, stdout }) => {
  let code = 0;
  for (const name of args) {
    const known =
      Object.hasOwn(commands, name) &&
      (scene.tools === undefined || scene.tools.includes(name) || commands[name]?.builtin);
    if (known) stdout(`/usr/bin/${name}\n`);
    else code = 1;
  }
  return code;
});
