import type { ContainerRecord, SandboxRecord } from '@/kubernetes/runtime/records';
import type { Runtime } from '@/kubernetes/runtime/runtime';

/** Every container that the runtime of a node knows, the newest first. */
export function containersOf(runtime: Runtime): ContainerRecord[] {
  return newestFirst(runtime.podReferences().flatMap(({ uid }) => runtime.podContainers(uid)));
}

/** Every sandbox that the runtime of a node knows, the newest first. */
export function sandboxesOf(runtime: Runtime): SandboxRecord[] {
  return newestFirst(runtime.podReferences().flatMap(({ uid }) => runtime.podSandboxes(uid)));
}

/** The one whose id begins so; undefined where there is none, or more than one. */
export function byPrefix<T extends { readonly id: string }>(all: readonly T[], prefix: string): T | undefined {
  const found = all.filter(({ id }) => prefix !== '' && id.startsWith(prefix));
  return found.length === 1 ? found[0] : undefined;
}

function newestFirst<T extends { readonly createdAt: number }>(all: readonly T[]): T[] {
  return [...all].sort((a, b) => b.createdAt - a.createdAt);
}
