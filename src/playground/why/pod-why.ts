import type { Pod } from '@/kubernetes/api/generated/core-v1';
import type { Cluster } from '@/kubernetes/cluster';
import type { AttemptData } from '@/kubernetes/scheduler/decision-data';
import { apiDoor, kubeletDoor, schedulerDoor } from './doors';
import { kernelDoor } from './kernel-door';
import type { WhyDoor } from './door';

/** What the scheduler made of one node. */
export interface NodeAnswer {
  readonly node: string;
  /** The plug-in that refused it, in its own words. */
  readonly refusedBy?: string;
  readonly reasons: readonly string[];
  readonly because: readonly string[];
  readonly plugins: readonly {
    readonly plugin: string;
    readonly verdict: string;
    readonly reasons: readonly string[];
  }[];
  /** Where several nodes were left: the sum of what the plug-ins gave. */
  readonly total?: number;
}

/** Why a Pod is as it is. Plain data. */
export interface PodWhy {
  readonly doors: readonly WhyDoor[];
  /** The scheduler's last look at it. */
  readonly attempt?: { readonly at: number; readonly chosen?: string; readonly nodes: readonly NodeAnswer[] };
  readonly hostNetwork: boolean;
}

/** Why the Pod `namespace/name` is as it is; undefined when there is none. `start`: the moment from which time is counted. */
export function whyPod(cluster: Cluster, key: string, start: number): PodWhy | undefined {
  const [namespace = '', name = ''] = key.split('/');
  const pod = cluster.store.get('pods', namespace, name);
  if (!pod) return undefined;
  const attempt = lastAttempt(cluster, pod, start);
  const since = (timestamp: string | undefined): number | undefined => {
    const at = cluster.clock.parse(timestamp);
    return at === undefined ? undefined : Math.max(0, at - start);
  };
  return {
    doors: [
      apiDoor(pod, since),
      schedulerDoor(pod, since, attempt?.nodes.flatMap((node) => node.because) ?? []),
      kubeletDoor(cluster, pod, since),
      kernelDoor(cluster, pod, start),
    ],
    ...(attempt ? { attempt } : {}),
    hostNetwork: pod.spec.hostNetwork === true,
  };
}

function lastAttempt(cluster: Cluster, pod: Pod, start: number): PodWhy['attempt'] {
  const decision = cluster.decisions.findLast(
    ({ subject, data }) => subject.uid === pod.metadata.uid && isAttempt(data),
  );
  if (!decision || !isAttempt(decision.data)) return undefined;
  const { node: chosen, nodes, scores } = decision.data;
  return {
    at: decision.at - start,
    ...(chosen === undefined ? {} : { chosen }),
    nodes: nodes.map(({ node, refusedBy, reasons, because, plugins }) => {
      const total = scores[node]?.total;
      return {
        node,
        ...(refusedBy === undefined ? {} : { refusedBy }),
        reasons,
        because: because.map((fact) => fact.text),
        plugins: plugins.map(({ plugin, verdict, reasons: said }) => ({ plugin, verdict, reasons: said })),
        ...(total === undefined ? {} : { total }),
      };
    }),
  };
}

function isAttempt(data: unknown): data is AttemptData {
  return typeof data === 'object' && data !== null && 'kind' in data && data.kind === 'attempt';
}
