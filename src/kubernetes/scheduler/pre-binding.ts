import type { PersistentVolume, PersistentVolumeClaim } from '../api/generated/core-v1';
import type { Client } from '../apiserver/client';
import type { Millis, Timers } from '../clock/clock';
import { isVolumeReachable } from '../placement/matching-volume';
import { type BindingPlan, selectedNode } from './plugins/volume/binding-plan';
import { isFullyBound } from './plugins/volume/claims';
import type { SchedulerTimer } from './ticks';

/** How often it is looked whether the volumes are there, and for how long (`bindTimeoutSeconds`). */
const pollPeriod: Millis = 1000;
const bindTimeout: Millis = 600_000;

/** How the waiting ended: with what went wrong, or without. */
export type PreBound = (error?: string) => void;

interface Waiting {
  readonly plan: BindingPlan;
  readonly node: string;
  readonly until: Millis;
  readonly done: PreBound;
}

/**
 * Pods that have their node and wait for their volumes before they are bound to it. The volumes are given away and the
 * claims marked at once; the persistent volume controller, or a provisioner, does the rest.
 * Upstream: pkg/scheduler/framework/plugins/volumebinding/binder.go `BindPodVolumes`
 */
export class PreBinding {
  private readonly waiting = new Map<string, Waiting>();

  constructor(
    private readonly client: Client,
    private readonly timers: Timers<SchedulerTimer>,
  ) {}

  /** `done` is called later, except when a write is refused. */
  begin(pod: string, node: string, plan: BindingPlan, done: PreBound): void {
    const refused = this.write(plan, node);
    if (refused !== undefined) {
      done(refused);
      return;
    }
    this.waiting.set(pod, { plan, node, until: this.timers.now + bindTimeout, done });
    this.timers.after(pollPeriod, { kind: 'pre-bind', pod });
  }

  /** It is time to look again. */
  poll(pod: string): void {
    const entry = this.waiting.get(pod);
    if (!entry) return;
    const state = this.stateOf(entry);
    if (state === 'not yet' && this.timers.now < entry.until) {
      this.timers.after(pollPeriod, { kind: 'pre-bind', pod });
      return;
    }
    this.waiting.delete(pod);
    if (state === 'bound') entry.done();
    else entry.done(`binding volumes: ${state === 'not yet' ? 'context deadline exceeded' : state.error}`);
  }

  /** `bindAPIUpdate` */
  private write({ bindings, provisions }: BindingPlan, node: string): string | undefined {
    for (const { volume, claim } of bindings) {
      const result = this.client.update('persistentvolumes', givenTo(volume, claim));
      if (!result.ok) return result.status.message ?? '';
    }
    for (const claim of provisions) {
      const annotations: Record<string, string> = { ...claim.metadata.annotations, [selectedNode]: node };
      const marked = { ...claim, metadata: { ...claim.metadata, annotations } };
      const result = this.client.update('persistentvolumeclaims', marked);
      if (!result.ok) return result.status.message ?? '';
    }
    return undefined;
  }

  /** `checkBindings` */
  private stateOf({ plan, node: nodeName }: Waiting): 'bound' | 'not yet' | { readonly error: string } {
    const { client } = this;
    const node = client.get('nodes', undefined, nodeName);
    if (!node) return { error: `failed to get node "${nodeName}": node "${nodeName}" not found` };
    const claims = [...plan.bindings.map(({ claim }) => claim), ...plan.provisions];
    const now = claims.map(({ metadata }) => client.get('persistentvolumeclaims', metadata.namespace, metadata.name));
    for (const [i, claim] of now.entries()) {
      const { name = '', namespace = '' } = claims[i]?.metadata ?? {};
      if (!claim) {
        const what = i < plan.bindings.length ? 'binding' : 'provisioning pvc';
        return { error: `failed to check ${what}: could not find v1.PersistentVolumeClaim "${namespace}/${name}"` };
      }
      const given = plan.bindings[i]?.volume.metadata.name ?? claim.spec.volumeName;
      const volume = given ? client.get('persistentvolumes', undefined, given) : undefined;
      if (volume && !isVolumeReachable(volume, node)) {
        return { error: `pv "${given}" node affinity doesn't match node "${nodeName}": no matching NodeSelectorTerms` };
      }
      if (i < plan.bindings.length) {
        if (!volume?.spec.claimRef?.uid) return { error: `ClaimRef got reset for pv "${given}"` };
      } else if (claim.metadata.annotations?.[selectedNode] !== nodeName) {
        return { error: `provisioning failed for PVC "${name}"` };
      }
    }
    return now.every((claim) => claim && isFullyBound(claim)) ? 'bound' : 'not yet';
  }
}

/** `GetBindVolumeToClaim` */
function givenTo(volume: PersistentVolume, claim: PersistentVolumeClaim): PersistentVolume {
  const { apiVersion, kind } = claim;
  const { namespace, name, uid, resourceVersion } = claim.metadata;
  const reserved = volume.spec.claimRef !== undefined;
  const annotations: Record<string, string> = { ...volume.metadata.annotations };
  // One that the user had reserved is not released when the claim goes.
  if (!reserved) annotations['pv.kubernetes.io/bound-by-controller'] = 'yes';
  return {
    ...volume,
    metadata: { ...volume.metadata, annotations },
    spec: { ...volume.spec, claimRef: { apiVersion, kind, namespace, name, uid, resourceVersion } },
  };
}
