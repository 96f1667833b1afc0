import type { Fact } from '../component';
import type { NodeInfo } from './framework/node-info';
import { type FilterStep, isRefusal, type Plugin, type Refusal } from './framework/plugin';
import type { PodInfo } from './framework/pod-info';
import type { Snapshot } from './framework/snapshot';
import type { Nominations } from './preemption/nominations';

interface Asked {
  readonly plugin: string;
  readonly step: FilterStep;
}

/**
 * The filters of one cycle: every plugin's PreFilter has been asked, and nodes can be put to them.
 * Upstream: pkg/scheduler/framework/runtime/framework.go `RunPreFilterPlugins`, `RunFilterPluginsWithNominatedPods`
 */
export class Filters {
  /** A PreFilter's no to all nodes. */
  readonly refusal: Refusal | undefined;
  /** The only nodes worth asking. */
  readonly nodeNames: ReadonlySet<string> | undefined;
  /** What counts for the nodes outside `nodeNames`. */
  readonly outsideNames: Refusal | undefined;
  private readonly steps: Asked[] = [];

  constructor(
    readonly pod: PodInfo,
    snapshot: Snapshot,
    plugins: readonly Plugin[],
    private readonly nominations?: Nominations,
  ) {
    const naming: string[] = [];
    let names: ReadonlySet<string> | undefined;
    for (const { name, preFilter } of plugins) {
      const result = preFilter?.(pod, snapshot);
      if (!result) continue;
      if (isRefusal(result)) {
        this.refusal = result;
        return;
      }
      this.steps.push({ plugin: name, step: result });
      const more = result.nodeNames;
      if (!more) continue;
      naming.push(name);
      names = names ? new Set([...names].filter((one) => more.has(one))) : more;
    }
    this.nodeNames = names;
    if (naming.length > 0) {
      const reason = `node(s) didn't satisfy plugin(s) [${naming.sort().join(' ')}]`;
      this.outsideNames = { plugin: naming[0] ?? '', reasons: [reason], resolvable: false };
    }
  }

  /** The first plugin's no, with room kept for nominated Pods of the same or a higher priority. */
  refusalOf(node: NodeInfo): Refusal | undefined {
    const expected = this.nominations?.on(node.name, this.pod) ?? [];
    if (expected.length === 0) return this.ask(node);
    const crowded = node.clone();
    for (const pod of expected) {
      crowded.addPod(pod);
      this.addPod(pod, crowded);
    }
    const refusal = this.ask(crowded);
    for (const pod of expected) this.removePod(pod, crowded);
    // The nominated Pods may never come, so the node must do without them too.
    return refusal ?? this.ask(node);
  }

  addPod(pod: PodInfo, node: NodeInfo): void {
    for (const { step } of this.steps) step.addPod?.(pod, node);
  }

  removePod(pod: PodInfo, node: NodeInfo): void {
    for (const { step } of this.steps) step.removePod?.(pod, node);
  }

  /** Every plugin's word on a node, also of those that a real cycle no longer asks. */
  verdicts(node: NodeInfo): { readonly plugin: string; readonly refusal: Refusal | undefined }[] {
    return this.steps
      .filter(({ step }) => step.filter)
      .map(({ plugin, step }) => ({ plugin, refusal: step.filter?.(node) }));
  }

  because(plugin: string, node: NodeInfo): readonly Fact[] {
    return this.steps.find((one) => one.plugin === plugin)?.step.because?.(node) ?? [];
  }

  private ask(node: NodeInfo): Refusal | undefined {
    for (const { step } of this.steps) {
      const refusal = step.filter?.(node);
      if (refusal) return refusal;
    }
    return undefined;
  }
}
