import { kubectl } from '@/kubectl/kubectl';
import type { ShellCommand } from '../command';
import { awk } from './awk';
import { builtins } from './builtins';
import { echo, printf } from './echo';
import { fileCommands } from './files';
import { grep } from './grep';
import { nested } from './nested';
import { sed } from './sed';
import { system } from './system';
import { test } from './test';
import { textTools } from './text-tools';

/** Every command of the shell by name. */
export const commands: Readonly<Record<string, ShellCommand>> = {
  ...builtins,
  ...fileCommands,
  ...textTools,
  ...nested,
  ...system,
  ...test,
  echo,
  printf,
  grep,
  egrep: { ...grep, run: (args, context) => grep.run(['-E', ...args], context) },
  fgrep: { ...grep, run: (args, context) => grep.run(['-F', ...args], context) },
  sed,
  awk,
  kubectl: { run: kubectl },
  k: { run: kubectl },
};
