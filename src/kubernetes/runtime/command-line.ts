import type { ContainerRecord } from './records';

/** `command` replaces the image's entry point and its arguments; `args` replaces the arguments alone. */
export function commandLine({ config, image }: ContainerRecord): readonly string[] {
  const entrypoint = image.file?.entrypoint ?? [];
  const cmd = config.command ? [] : (image.file?.cmd ?? []);
  const argv = [...(config.command ?? entrypoint), ...(config.args ?? cmd)];
  // An image nobody described has a command of its own that is not known.
  return argv.length === 0 || (!image.file && !config.command) ? ['/unknown-program', ...argv] : argv;
}

/** runc's error for a command that is not there, through containerd's shim. */
export function startError(command: string): string {
  return (
    'failed to create containerd task: failed to create shim task: OCI runtime create failed: runc create failed: ' +
    `unable to start container process: error during container init: ${notFound(command)}`
  );
}

/** The same for a command inside a container that runs (containerd, internal/cri/server/container_execsync.go). */
export function execError(id: string, command: string): string {
  return (
    `rpc error: code = Unknown desc = failed to exec in container: failed to start exec "${id}": ` +
    `OCI runtime exec failed: exec failed: unable to start container process: ${notFound(command)}`
  );
}

function notFound(command: string): string {
  const where = command.includes('/')
    ? `stat ${command}: no such file or directory`
    : 'executable file not found in $PATH';
  return `exec: "${command}": ${where}`;
}
