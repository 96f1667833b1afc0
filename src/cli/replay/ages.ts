import type { Millis } from '@/kubernetes/clock/clock';
import { ageSeconds } from './masks';

/** How old a recorded cluster was when the session began. */
export interface Ages {
  readonly cluster: Millis;
  readonly nodes: Millis;
}

interface Printed {
  readonly t: number;
  readonly stdout: string;
}

/** Where a session prints no age: the nodes of the recorded clusters were some seconds old. */
const usual: Millis = 7000;

/** What every cluster has from its beginning. */
const ofCluster = [
  /^(?:service\/)?kubernetes +ClusterIP .* (\S+)$/,
  /^(?:namespace\/)?kube-system +Active +(\S+)$/,
  /^(?:configmap\/)?kube-root-ca\.crt +\d+ +(\S+)$/,
  /^(?:priorityclass\S*\/)?system-node-critical +\d+ +false +(\S+)/,
];

/**
 * Reads off when a recorded cluster and its nodes were made. A recording does not state it, but the AGE columns that its
 * commands printed do: of what comes with the cluster, and of the nodes.
 */
export function agesOf(steps: readonly Printed[]): Ages {
  const nodes = ageAtStart(steps, /^(?:node\/)?\S+ +(?:Not)?Ready\S* +\S+ +(\S+) +v\d\S*/) ?? usual;
  const cluster = ofCluster.map((pattern) => ageAtStart(steps, pattern)).find((age) => age !== undefined) ?? nodes;
  return { nodes, cluster: Math.max(cluster, nodes) };
}

/** The age of the oldest thing whose lines fit `pattern`. Ages are cut: half of the last unit is missing on average. */
function ageAtStart(steps: readonly Printed[], pattern: RegExp): Millis | undefined {
  for (const { t, stdout } of steps) {
    const ages = stdout.split('\n').flatMap((line) => {
      const age = pattern.exec(line)?.[1] ?? '';
      return ageSeconds(age) > 0 ? [1000 * (ageSeconds(age) - t) + (age.endsWith('s') ? 500 : 30_000)] : [];
    });
    const oldest = Math.max(...ages);
    if (oldest > 0 && oldest < Infinity) return Math.round(oldest);
  }
  return undefined;
}
