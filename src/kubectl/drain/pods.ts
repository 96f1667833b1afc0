import type { Pod } from '@/kubernetes/api/generated/core-v1';
import { controllerOf } from '@/kubernetes/api/object';
import { findResource } from '@/kubernetes/api/registry';
import { KubectlError, StatusError, throwAll } from '../errors';
import type { Invocation } from '../invocation';
import { matchesSelector } from '../resource/selector';
import { typedList } from '../resource/typed';

/** What draining a node comes to: the Pods that go, and what is said about the others. */
export interface DrainPlan {
  readonly pods: readonly Pod[];
  readonly warnings: string;
}

const unmanaged = 'declare no controller';

// kubectl/pkg/drain/filters.go: the words of each refusal and of each warning.
const daemonSetRefusal = 'cannot delete DaemonSet-managed Pods (use --ignore-daemonsets to ignore)';
const daemonSetWarning = 'ignoring DaemonSet-managed Pods';
const localRefusal = 'cannot delete Pods with local storage (use --delete-emptydir-data to override)';
const bareRefusal = `cannot delete Pods that ${unmanaged} (use --force to override)`;
const bareWarning = `deleting Pods that ${unmanaged}`;

/** Upstream: kubectl/pkg/drain/drain.go `GetPodsForDeletion`. Throws what stands in the way, all of it at once. */
export function drainPlan(invocation: Invocation, node: string): DrainPlan {
  const mapping = findResource('pods', '');
  if (!mapping) return { pods: [], warnings: '' };
  const { flags } = invocation;
  // The resource listed is that of Pods.
  const all = typedList<Pod>(invocation.list(mapping, { fieldSelector: `spec.nodeName=${node}` }));
  const pods: Pod[] = [];
  const refusals = new Map<string, string[]>();
  const warnings = new Map<string, string[]>();
  const note = (map: Map<string, string[]>, text: string, pod: Pod) =>
    map.set(text, [...(map.get(text) ?? []), `${pod.metadata.namespace ?? ''}/${pod.metadata.name}`]);
  for (const pod of all) {
    if (!matchesSelector({ ...pod }, flags.string('pod-selector'))) continue;
    if (pod.metadata.annotations?.['kubernetes.io/config.mirror'] !== undefined) continue;
    const verdict = judge(invocation, pod, note, refusals, warnings);
    if (verdict) pods.push(pod);
  }
  throwAll(inMapOrder(invocation, refusals).map((text) => new KubectlError(text)));
  return { pods, warnings: inMapOrder(invocation, warnings).join('; ') };
}

/** Upstream puts these into Go maps and walks them: `errors`, `Warnings`. */
function inMapOrder({ context: { cluster } }: Invocation, map: ReadonlyMap<string, readonly string[]>): string[] {
  const texts = [...map].map(([text, names]) => `${text}: ${names.join(', ')}`);
  if (cluster.world.chance !== 'drawn') return texts;
  return cluster.random.stream(`kubectl drain/${cluster.clock.now}/${texts.join()}`).mapOrder(texts);
}

type Note = (map: Map<string, string[]>, text: string, pod: Pod) => void;

/** Whether the Pod is to go; in upstream's order of filters, the first that decides wins. */
function judge(
  invocation: Invocation,
  pod: Pod,
  note: Note,
  refusals: Map<string, string[]>,
  warnings: Map<string, string[]>,
): boolean {
  const { flags } = invocation;
  const finished = pod.status.phase === 'Succeeded' || pod.status.phase === 'Failed';
  const owner = controllerOf({ ...pod });
  if (owner?.kind === 'DaemonSet' && !finished) {
    if (!daemonSetExists(invocation, pod.metadata.namespace, owner.name)) {
      if (!flags.bool('force')) note(refusals, bareRefusal, pod);
      return flags.bool('force');
    }
    note(
      flags.bool('ignore-daemonsets') ? warnings : refusals,
      flags.bool('ignore-daemonsets') ? daemonSetWarning : daemonSetRefusal,
      pod,
    );
    return false;
  }
  let goes = true;
  if (!finished && pod.spec.volumes?.some((volume) => volume.emptyDir)) {
    // Upstream warns of the allowed case too, but a later filter always overwrites that warning.
    if (!flags.bool('delete-emptydir-data')) {
      note(refusals, localRefusal, pod);
      return false;
    }
  }
  if (!owner && !finished) {
    const allowed = flags.bool('force');
    note(allowed ? warnings : refusals, allowed ? bareWarning : bareRefusal, pod);
    goes = allowed;
  }
  return goes;
}

function daemonSetExists(invocation: Invocation, namespace: string | undefined, name: string): boolean {
  const mapping = findResource('daemonsets', 'apps');
  if (!mapping) return false;
  try {
    invocation.request('get', mapping, { namespace, name });
    return true;
  } catch (error) {
    if (error instanceof StatusError) return false;
    throw error;
  }
}
