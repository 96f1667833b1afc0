import type { HostKernel } from '../network/host';
import type { Process } from '../network/kernel';
import type { ContainerRecord, SandboxRecord } from './records';

/** The file system and the first process of a container, in its sandbox's network. */
export function spawnContainer(
  kernel: HostKernel,
  { id, pod, uid, image, config }: ContainerRecord,
  sandbox: SandboxRecord,
  argv: readonly string[],
): Process {
  const { file, programs, tools } = image;
  kernel.createRoot(id, {
    image: image.reference,
    hostname: sandbox.hostname,
    environment: { ...file?.env, ...Object.fromEntries(config.environment) },
    tools: file && [...tools, ...Object.keys(programs)],
    files: { ...uncovered(file?.files ?? {}, config.covered), ...Object.fromEntries(config.files) },
  });
  const path = argv[0] ?? '';
  return kernel.spawn({
    namespace: sandbox.namespace,
    pidNamespace: config.hostPID ? 'host' : (config.pidNamespace ?? id),
    command: argv,
    comm: path.slice(path.lastIndexOf('/') + 1).slice(0, 15),
    uid,
    // A program of root has what its container may have. Any other user's loses it all at execve, as runc leaves the
    // inheritable and ambient sets empty (man 7 capabilities; opencontainers/runc, libcontainer/capabilities).
    capabilities: uid === 0 ? config.capabilities : [],
    bounding: config.capabilities,
    container: id,
    owner: pod,
  });
}

function uncovered(
  files: Readonly<Record<string, string>>,
  covered: readonly string[],
): Readonly<Record<string, string>> {
  if (covered.length === 0) return files;
  return Object.fromEntries(
    Object.entries(files).filter(([path]) => !covered.some((folder) => path.startsWith(`${folder}/`))),
  );
}
