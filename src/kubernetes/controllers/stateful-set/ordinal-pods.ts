import type { ControllerRevision, StatefulSet } from '../../api/generated/apps-v1';
import type { Pod } from '../../api/generated/core-v1';
import { referenceTo } from '../../api/object';
import type { Client } from '../../apiserver/client';
import type { EventRecorder } from '../../component';
import { accepted, type Steps } from '../controller';
import { templateOf } from '../history';
import { claimName, ordinalPod } from './pods';

/** Creates and deletes the numbered Pods, with their events. Upstream: pkg/controller/statefulset/stateful_pod_control.go */
export class OrdinalPods {
  constructor(
    private readonly client: Client,
    private readonly recorder: EventRecorder,
  ) {}

  *create(set: StatefulSet, ordinal: number, revision: ControllerRevision): Steps {
    const name = `${set.metadata.name}-${ordinal}`;
    yield* this.createClaims(set, name);
    const template = templateOf(revision) ?? set.spec.template;
    const result = this.client.create('pods', ordinalPod(set, template, ordinal, revision.metadata.name));
    yield;
    this.say(set, name, 'Create', result.ok ? undefined : result.status.message);
    accepted(result);
  }

  *delete(set: StatefulSet, pod: Pod): Steps {
    const result = this.client.delete('pods', pod.metadata.namespace, pod.metadata.name);
    yield;
    this.say(set, pod.metadata.name, 'Delete', result.ok ? undefined : result.status.message);
    accepted(result);
  }

  /** A Pod that has ended is deleted; its successor is made when it is gone. */
  *recreate(set: StatefulSet, pod: Pod): Steps {
    const failed = pod.status.phase === 'Failed';
    const { namespace, name } = set.metadata;
    const what = `StatefulSet ${namespace ?? ''}/${name} is recreating ${failed ? 'failed' : 'terminated'} Pod ${pod.metadata.name}`;
    const reason = failed ? 'RecreatingFailedPod' : 'RecreatingTerminatedPod';
    this.recorder.event(referenceTo(set), failed ? 'Warning' : 'Normal', reason, what);
    yield* this.delete(set, pod);
  }

  private say(set: StatefulSet, pod: string, verb: 'Create' | 'Delete', error: string | undefined): void {
    const what = `${verb} Pod ${pod} in StatefulSet ${set.metadata.name}`;
    if (error === undefined) this.recorder.event(referenceTo(set), 'Normal', `Successful${verb}`, `${what} successful`);
    else {
      const text = `${what} failed error: ${error}`;
      this.recorder.event(referenceTo(set), 'Warning', `Failed${verb}`, text);
    }
  }

  private *createClaims(set: StatefulSet, pod: string): Steps {
    for (const template of set.spec.volumeClaimTemplates ?? []) {
      const name = claimName(template, pod);
      if (this.client.get('persistentvolumeclaims', set.metadata.namespace, name)) continue;
      const labels = { ...template.metadata.labels, ...set.spec.selector.matchLabels };
      const { apiVersion, kind, spec } = { ...template, apiVersion: 'v1', kind: 'PersistentVolumeClaim' };
      const made = this.client.create('persistentvolumeclaims', {
        apiVersion,
        kind,
        spec,
        metadata: { name, namespace: set.metadata.namespace, labels },
      });
      yield;
      accepted(made);
      const text = `Create Claim ${name} Pod ${pod} in StatefulSet ${set.metadata.name} success`;
      this.recorder.event(referenceTo(set), 'Normal', 'SuccessfulCreate', text);
    }
  }
}
