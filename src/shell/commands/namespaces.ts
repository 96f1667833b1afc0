import { HOST } from '@/kubernetes/network/host';
import { type ShellCommand, type ShellContext, plain } from '../command';

/** `readlink /proc/self/ns/net`: which namespaces a process lives in. Equal numbers = the same namespace. */
export const readlink: ShellCommand = plain((args, context) => {
  let code = 0;
  for (const path of args.filter((word) => !word.startsWith('-'))) {
    const kind = /^\/proc\/(?:self|1|\d+)\/ns\/(net|uts|ipc|pid|mnt)$/.exec(path)?.[1];
    if (kind) context.stdout(`${kind}:[${inode(kind, namespaceOf(kind, context))}]\n`);
    else code = 1;
  }
  return code;
});

/** A name for the namespace: `host`, or something of the Pod's or the container's own. */
function namespaceOf(kind: string, { scene }: ShellContext): string {
  const { pod, process, namespace, kernel } = scene;
  if (!pod || !process) return HOST;
  const sandbox = `${kernel.host}/${pod.metadata.uid ?? pod.metadata.name}`;
  switch (kind) {
    case 'net':
      return namespace;
    case 'pid':
      return process.pidNamespace;
    case 'uts':
      return pod.spec?.hostNetwork ? HOST : sandbox;
    case 'ipc':
      return pod.spec?.hostIPC ? HOST : sandbox;
    default:
      return process.container ?? sandbox;
  }
}

/** The kernel numbers the machine's own from 4026531835 on, and later ones upwards. */
function inode(kind: string, name: string): number {
  const first =
    { mnt: 4026531841, uts: 4026531838, ipc: 4026531839, pid: 4026531836, net: 4026531840 }[kind] ?? 4026531835;
  if (name === HOST) return first;
  let hash = 0;
  for (const character of `${kind} ${name}`) hash = (Math.imul(hash, 31) + character.charCodeAt(0)) >>> 0;
  return 4026532000 + (hash % 100_000);
}
