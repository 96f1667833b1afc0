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

/** bash's `type NAME…`. */
export const type: ShellCommand = {
  ...plain((args, { session, scene, stdout, stderr }) => {
    let code = 0;
    for (const name of args.filter((word) => !word.startsWith('-'))) {
      const command = Object.hasOwn(commands, name) && !Object.hasOwn(unsimulated, name) ? commands[name] : undefined;
      if (session.functions.has(name)) stdout(`${name} is a function\n`);
      else if (command?.builtin) stdout(`${name} is a shell builtin\n`);
      else if (command && hasProgram(scene, name)) stdout(`${name} is /usr/bin/${name}\n`);
      else {
        stderr(`${session.shell}: type: ${name}: not found\n`);
        code = 1;
      }
    }
    return code;
  }),
  builtin: true,
};
