import { hostMounts } from '@/kubernetes/runtime/host-mounts';
import { type ShellCommand, type ShellContext, plain } from '../command';
import { filesBelow } from '../commands/files';
import { hasFlag, lastValue, readOptions } from '../commands/options';
import { fill, usageOf } from './place';
import { bytesOf, roundedUp, tenths } from './sizes';

const block = 4096;
const diskDevice = '/dev/vda1';

/** coreutils, src/df.c; busybox, coreutils/df.c. Of a machine's file systems only the one on its disk is listed. */
export const df: ShellCommand = plain((args, context) => {
  const options = readOptions(args, { flags: ['h', 'k', 'm', 'T', 'P', 'a'] });
  const disk = usageOf(context)?.disk();
  if (!disk) {
    context.stderr('df: not simulated: how full the disk of this machine is\n');
    return 127;
  }
  const human = hasFlag(options, 'h');
  const { busybox } = context.scene;
  const text = (bytes: number) =>
    human ? (busybox ? tenths(bytes) : roundedUp(bytes)) : String(Math.floor(bytes / 1024));
  const used = disk.capacity - disk.available;
  const share = String(Math.ceil((used * 100) / disk.capacity));
  const rows = fileSystems(context, options.operands).map(([device, mountedOn]) => [
    device,
    text(disk.capacity),
    text(used),
    text(disk.available),
    `${share}%`,
    mountedOn,
  ]);
  const head = human
    ? ['Filesystem', 'Size', 'Used', busybox ? 'Available' : 'Avail', 'Use%', 'Mounted on']
    : ['Filesystem', '1K-blocks', 'Used', 'Available', 'Use%', 'Mounted on'];
  const all = [head, ...rows];
  const least = busybox ? [20, 9, 9, 9, 4] : [14, 5, 5, 5, 4];
  const widths = least.map((width, i) => Math.max(width, ...all.map((cells) => (cells[i] ?? '').length)));
  for (const cells of all) {
    const shown = cells.map((cell, i) => (i === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[i] ?? 0)));
    context.stdout(`${shown.join(' ')}\n`);
  }
  return 0;
});

/** What is mounted from the disk: a machine's root, or a container's layers and the volumes of its Pod. */
function fileSystems({ cluster, scene }: ShellContext, paths: readonly string[]): (readonly [string, string])[] {
  if (!scene.pod) return [[diskDevice, '/']];
  const container = cluster.runtimes.get(scene.kernel.host)?.container(scene.process?.container ?? '');
  const mounts = hostMounts(scene.pod, container?.name ?? '').map(({ inside }) => inside);
  const all = [['overlay', '/'] as const, ...mounts.map((path) => [diskDevice, path] as const).reverse()];
  if (paths.length === 0) return all;
  return paths.map(
    (path) => all.findLast(([, at]) => at === '/' || path === at || path.startsWith(`${at}/`)) ?? ['overlay', '/'],
  );
}

/** coreutils, src/du.c: `-s`, or of a file. */
export const du: ShellCommand = plain((args, context) => {
  const options = readOptions(args, { flags: ['s', 'h', 'k', 'm', 'c', 'x'] });
  const { files, scene, stdout, stderr } = context;
  let code = 0;
  for (const path of options.operands.length > 0 ? options.operands : ['.']) {
    const isFile = files.read(path) !== undefined;
    const names = isFile ? [path] : filesBelow(files, path);
    if (!isFile && !files.list(path)) {
      stderr(`du: ${scene.busybox ? path : `cannot access '${path}'`}: No such file or directory\n`);
      code = 1;
      continue;
    }
    if (!isFile && !hasFlag(options, 's')) {
      stderr('du: not simulated: a folder is summed up only: du -s\n');
      return 127;
    }
    let bytes = isFile ? 0 : block;
    for (const name of names)
      bytes += Math.ceil((files.reserved?.(name) ?? files.read(name)?.length ?? 0) / block) * block;
    const text = hasFlag(options, 'h')
      ? (scene.busybox ? tenths : roundedUp)(bytes)
      : String(Math.ceil(bytes / (hasFlag(options, 'm') ? 1024 ** 2 : 1024)));
    stdout(`${text}\t${path}\n`);
  }
  return code;
});

/** util-linux, sys-utils/fallocate.c */
export const fallocate: ShellCommand = plain((args, context) => {
  const options = readOptions(args, {
    flags: ['v', 'verbose', 'x', 'posix'],
    withValue: ['l', 'length', 'o', 'offset'],
  });
  const length = lastValue(options, 'l', 'length');
  const [path] = options.operands;
  const { stderr } = context;
  const bytes = length === undefined ? undefined : bytesOf(length);
  if (path === undefined || bytes === undefined || bytes === 0) {
    const problem =
      path === undefined
        ? 'no filename specified'
        : length === undefined
          ? 'no length argument specified'
          : 'invalid length value specified';
    stderr(`fallocate: ${problem}${path === undefined ? '.' : ''}\n`);
    return 1;
  }
  const room = fill(context, path, bytes);
  if (typeof room === 'string') {
    stderr(`fallocate: not simulated: ${room}\n`);
    return 127;
  }
  if (room === bytes) return 0;
  context.files.remove(path);
  stderr('fallocate: fallocate failed: No space left on device\n');
  return 1;
});
