import { kernelReleaseOf } from '@/kubernetes/node-system';
import { type ShellCommand, plain } from '../command';
import { hasFlag, readOptions } from './options';

/** `uname`: coreutils', and busybox' with its own name of the system. How the kernel was built is not simulated. */
export const uname: ShellCommand = plain((args, { cluster, scene, stdout, stderr }) => {
  const options = readOptions(args, {
    flags: ['a', 's', 'n', 'r', 'v', 'm', 'p', 'i', 'o', 'all', 'kernel-release', 'kernel-name', 'nodename', 'machine'],
  });
  if (options.unknown !== undefined) {
    stderr(`uname: unrecognized option '${options.unknown}'\nTry 'uname --help' for more information.\n`);
    return 1;
  }
  const all = hasFlag(options, 'a', 'all');
  const release = kernelReleaseOf(cluster.world.nodes.find((one) => one.name === scene.kernel.host));
  const parts: readonly (readonly [shown: boolean, text: string])[] = [
    [hasFlag(options, 's', 'kernel-name') || options.flags.size === 0, 'Linux'],
    [hasFlag(options, 'n', 'nodename'), scene.hostname],
    [hasFlag(options, 'r', 'kernel-release'), release],
    [hasFlag(options, 'v'), '#1 SMP PREEMPT_DYNAMIC'],
    [hasFlag(options, 'm', 'machine'), 'x86_64'],
    // Unknown to both of them, and left out of -a.
    [hasFlag(options, 'p', 'i'), 'unknown'],
    [hasFlag(options, 'o'), scene.busybox ? 'Linux' : 'GNU/Linux'],
  ];
  const shown = parts.filter(([one, text]) => one || (all && text !== 'unknown'));
  stdout(`${shown.map(([, text]) => text).join(' ')}\n`);
  return 0;
});
